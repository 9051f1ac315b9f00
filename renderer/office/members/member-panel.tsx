import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Eye } from 'lucide-react'
import { useState } from 'react'
import { ALLERGEN_CODES, ALLERGENS, DIET_CODES, DIETS } from '../../../shared/domain/diet.ts'
import { inWords, isLanguage } from '../../i18n/language.ts'
import { useTranslation } from 'react-i18next'
import type { CategoryTime, MemberDetail } from '../../../shared/contract/members.ts'
import { roleReaches } from '../../../shared/domain/staff.ts'
import { codeOf, station, stationNow } from '../../stores/office.ts'
import { useStaff } from '../../stores/staff.ts'
import { Amount } from '../../ui/amount.tsx'
import { Asked } from '../shell/asked.tsx'
import { useNotice } from '../shell/use-notice.tsx'
import { MemberCards } from './member-cards.tsx'
import { MemberGrants } from './member-grants.tsx'
import { MemberKeys } from './member-keys.tsx'
import { MemberForm } from './member-form.tsx'
import { MemberPayers } from './member-payers.tsx'
import { MemberPhoto } from './member-photo.tsx'
import { Movements } from './movements.tsx'
import { EraseMember } from './erase-member.tsx'
import { useCategoryWord } from './categories.ts'

interface MemberPanelProps {
  readonly memberId: string
  readonly editing: boolean
}

/** One senior, or her form. */
export function MemberPanel({ memberId, editing }: MemberPanelProps) {
  const { t } = useTranslation()
  const query = useQuery(station.members.get.queryOptions({ input: { memberId } }))
  if (codeOf(query.error) === 'NO_SUCH_MEMBER') return <p className="page-empty">{t('members.gone')}</p>
  return (
    <Asked query={query}>
      {(member) => (editing ? <MemberForm member={member} /> : <Member member={member} />)}
    </Asked>
  )
}

function Member({ member }: { readonly member: MemberDetail }) {
  const { t } = useTranslation()
  return (
    <div className="member-seen">
      <header className="member-head">
        <MemberPhoto member={member} />
        <div className="member-who">
          <h2>
            {member.fullName} <small>{member.formOfAddress}</small>
          </h2>
          <p>
            {t('members.age', { count: member.age })} · {t('members.born', { date: member.bornOn })}
            {member.phoneMasked === null ? '' : ` · ${member.phoneMasked}`}
          </p>
        </div>
        <div className="member-balance">
          <span>{t('members.balance')}</span>
          <Amount fen={member.balanceFen} size="line" />
        </div>
      </header>
      <MemberKeys member={member}>
        <IdNumber member={member} />
      </MemberKeys>
      <MemberGrants grants={member.grants} />
      <MemberCards member={member} />
      <MemberPayers member={member} />
      <Movements member={member} />
      <Facts member={member} />
      <EraseMember member={member} />
    </div>
  )
}

/** The masked number; the whole one is shown to a manager on request, and the audit keeps who looked. */
function IdNumber({ member }: { readonly member: MemberDetail }) {
  const { t } = useTranslation()
  const { refused } = useNotice()
  const [whole, setWhole] = useState<string | null>(null)
  const role = useStaff(({ view }) => view?.signedIn?.role)
  if (member.idNumberMasked === null) return <p className="member-id">{t('members.noIdNumber')}</p>
  const mayLook = role !== undefined && roleReaches(role, 'manager')
  const look = () =>
    void stationNow.members
      .showIdNumber({ memberId: member.memberId })
      .then(({ idNumber }) => setWhole(idNumber))
      .catch(refused)
  return (
    <p className="member-id">
      <span>{whole ?? member.idNumberMasked}</span>
      {mayLook && whole === null && (
        <Button type="text" icon={<Eye aria-hidden="true" />} title={t('members.lookNoted')} onClick={look}>
          {t('members.look')}
        </Button>
      )}
    </p>
  )
}

/** From when until when, whether that is over, and who saw which document. */
function CategoryNote({ time }: { readonly time: CategoryTime }) {
  const { t } = useTranslation()
  const { from, until, standing, proof } = time
  const dated = from !== null || until !== null
  return (
    <>
      {dated && (
        <small>
          {t('members.proofs.span', { from: from ?? '…', until: until ?? '…' })}
          {standing !== 'holds' && <strong> {t(`members.proofs.${standing}`)}</strong>}
        </small>
      )}
      {proof !== null && (
        <small>
          {t('members.proofs.seen', {
            kind: proof.kind,
            number: proof.numberMasked ?? '',
            by: proof.checkedBy,
            on: proof.checkedOn,
          })}
        </small>
      )}
    </>
  )
}

function Facts({ member }: { readonly member: MemberDetail }) {
  const { t, i18n } = useTranslation()
  const language = isLanguage(i18n.language) ? i18n.language : 'zh-CN'
  const word = useCategoryWord()
  const facts = [
    [t('members.emergencyContact'), member.emergencyContact ?? ''],
    [
      t('members.form.allergens'),
      ALLERGEN_CODES.filter((code) => member.allergens.includes(code))
        .map((code) => inWords(ALLERGENS[code], language))
        .join('、'),
    ],
    [
      t('members.form.diets'),
      DIET_CODES.filter((code) => member.diets.includes(code))
        .map((code) => inWords(DIETS[code], language))
        .join('、'),
    ],
    [t('members.householdArea'), member.householdArea],
    [t('members.residenceArea'), member.residenceArea],
  ] as const
  return (
    <dl className="member-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value === '' ? t('members.notSaid') : value}</dd>
        </div>
      ))}
      <div className="member-categories">
        <dt>{t('members.categories')}</dt>
        {member.registered.length === 0 && <dd>{t('members.notSaid')}</dd>}
        {member.registered.map((time) => (
          <dd key={[time.category, time.from, time.until].join('/')} data-standing={time.standing}>
            {word(time.category)}
            <CategoryNote time={time} />
          </dd>
        ))}
      </div>
    </dl>
  )
}
