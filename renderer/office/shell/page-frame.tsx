import type { ReactNode } from 'react'

interface PageFrameProps {
  readonly title: string
  /** One sentence under the title: what this page is for, or how things stand. */
  readonly lead?: ReactNode
  /** The page's one primary action, and what goes with it. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** Every page of the office: its title and one primary action above, its work below. */
export function PageFrame({ title, lead, actions, children }: PageFrameProps) {
  return (
    <section className="page" data-page-title={title}>
      <header className="page-head">
        <div className="page-words">
          <h1 className="page-title">{title}</h1>
          {lead !== undefined && <p className="page-lead">{lead}</p>}
        </div>
        {actions !== undefined && <div className="page-actions">{actions}</div>}
      </header>
      <div className="page-body">{children}</div>
    </section>
  )
}
