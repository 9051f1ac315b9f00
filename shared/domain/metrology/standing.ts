import type { ScaleProfile } from '../scale.ts'
import { daysBetween } from '../calendar.ts'

/** What the canteen does about its scales; settings of `canteen.json`, see README "Configure". */
export interface MetrologyPolicy {
  /** `required`: nothing is weighed on a business date before a good check; `advised`: it is only asked for. */
  readonly openingCheck: 'required' | 'advised' | 'off'
  /** Whether a manager may let a scale sell that failed its check, for that day, or only a good check can. */
  readonly failedCheck: 'manager-decides' | 'lock'
  /** What happens after the last day of the verification certificate. */
  readonly expiredVerification: 'lock' | 'warn'
}

export const USUAL_POLICY: MetrologyPolicy = {
  openingCheck: 'advised',
  failedCheck: 'manager-decides',
  expiredVerification: 'lock',
}

export type CheckVerdict = 'good' | 'failed'

/** The newest check of a scale, as the book has it. */
export interface LatestCheck {
  readonly checkId: string
  readonly businessDate: string
  readonly verdict: CheckVerdict
  /** The business date for which a manager let the scale sell all the same; null when nobody did. */
  readonly releasedOn: string | null
}

/** Why nothing may be sold from a scale by weight; each is a trouble with its own words. */
export type WeighingLock = 'scale-verification-expired' | 'scale-check-failed' | 'scale-check-due'

/** What staff should see to, besides a lock. */
export type ScaleAdvice = 'verification-expired' | 'verification-soon' | 'check-released' | 'check-due'

/** A scale on a business date. */
export interface ScaleDay {
  readonly profile: Pick<ScaleProfile, 'verifiedUntil'>
  readonly policy: MetrologyPolicy
  readonly latest: LatestCheck | null
  readonly businessDate: string
}

/** How long before its last day a certificate is spoken of, in days. */
const VERIFICATION_SOON_DAYS = 30

/** Days that are left of the certificate, its last one included as 0; negative once it is over. */
export const verificationDaysLeft = ({ profile, businessDate }: ScaleDay): number =>
  daysBetween(businessDate, profile.verifiedUntil)

const isExpired = ({ profile, businessDate }: ScaleDay): boolean => profile.verifiedUntil < businessDate

const isReleased = ({ policy, latest, businessDate }: ScaleDay): boolean =>
  policy.failedCheck === 'manager-decides' &&
  latest?.verdict === 'failed' &&
  latest.releasedOn === businessDate

const isChecked = ({ latest, businessDate }: ScaleDay): boolean =>
  latest?.verdict === 'good' && latest.businessDate === businessDate

/** Whether a scale may sell by weight on this date; null says yes (SPEC MT-7, MT-8, MT-9). Pure and total. */
export function weighingLock(day: ScaleDay): WeighingLock | null {
  const { policy, latest } = day
  if (isExpired(day) && policy.expiredVerification === 'lock') return 'scale-verification-expired'
  const released = isReleased(day)
  if (latest?.verdict === 'failed' && !released) return 'scale-check-failed'
  if (policy.openingCheck === 'required' && !released && !isChecked(day)) return 'scale-check-due'
  return null
}

/** What there is to say beside the lock, the gravest first (SPEC MT-7 … MT-9). Pure and total. */
export function scaleAdvice(day: ScaleDay): readonly ScaleAdvice[] {
  const { policy, latest } = day
  const advice: ScaleAdvice[] = []
  const expired = isExpired(day)
  if (expired && policy.expiredVerification === 'warn') advice.push('verification-expired')
  if (isReleased(day)) advice.push('check-released')
  if (policy.openingCheck === 'advised' && latest?.verdict !== 'failed' && !isChecked(day))
    advice.push('check-due')
  if (!expired && verificationDaysLeft(day) <= VERIFICATION_SOON_DAYS) advice.push('verification-soon')
  return advice
}
