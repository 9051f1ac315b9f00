import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BowlScene, CardScene, PanScene } from '../ui/art/scenes.tsx'

const STEPS = [
  ['card', <CardScene key="card" />],
  ['take', <PanScene key="take" />],
  ['pay', <BowlScene key="pay" />],
] as const satisfies readonly (readonly [string, ReactNode])[]

/** How it goes, in three pictures, for whoever stands here for the first time; the step that is due is marked. */
export function HowTo({ due }: { readonly due: 'card' | 'pay' }) {
  const { t } = useTranslation()
  return (
    <ol className="bay-steps">
      {STEPS.map(([name, scene], at) => (
        <li key={name} className="bay-step" aria-current={name === due ? 'step' : undefined}>
          <span className="bay-step-number">{at + 1}</span>
          <div className="bay-step-picture">{scene}</div>
          <p>{t(`bays.steps.${name}`)}</p>
        </li>
      ))}
    </ol>
  )
}
