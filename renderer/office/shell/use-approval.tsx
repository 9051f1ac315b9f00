import { useState, type ReactNode } from 'react'
import { roleReaches } from '../../../shared/domain/staff.ts'
import { useStaff } from '../../stores/staff.ts'
import { ApprovalDialog, type Approval, type ApprovalOutcome } from './approval-dialog.tsx'

interface Asked {
  readonly what: ReactNode
  readonly act: (approval: Approval) => Promise<unknown>
  readonly answer: (outcome: ApprovalOutcome) => void
}

export interface ApprovalAsker {
  /**
   * Does `act`: at once when whoever is signed in may do it alone, else after a manager has said yes to `what` with her PIN.
   */
  readonly ask: (
    what: ReactNode,
    act: (approval: Approval | undefined) => Promise<unknown>,
  ) => Promise<ApprovalOutcome>
  /** To be placed somewhere in the page. */
  readonly dialog: ReactNode
}

/** For acts that a cashier may do only with a manager's word. */
export function useApproval(): ApprovalAsker {
  const [asked, setAsked] = useState<Asked | null>(null)
  const ask: ApprovalAsker['ask'] = async (what, act) => {
    const role = useStaff.getState().view?.signedIn?.role
    if (role !== undefined && roleReaches(role, 'manager')) return outcomeOf(act)
    return new Promise((answer) => {
      setAsked({ what, act, answer })
    })
  }
  const dialog =
    asked === null ? null : (
      <ApprovalDialog
        act={asked.act}
        onClose={(outcome) => {
          setAsked(null)
          asked.answer(outcome)
        }}
      >
        {asked.what}
      </ApprovalDialog>
    )
  return { ask, dialog }
}

async function outcomeOf(act: (approval: undefined) => Promise<unknown>): Promise<ApprovalOutcome> {
  try {
    await act(undefined)
    return { kind: 'done' }
  } catch (error) {
    return { kind: 'refused', error }
  }
}
