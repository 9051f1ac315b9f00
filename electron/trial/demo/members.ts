import type { Person } from '../../station/book/persons.ts'

/** One invented senior of the trial counter: enough to register her, give her a card and fill her wallet. */
export interface DemoMember {
  readonly memberId: string
  readonly person: Person
  readonly categories: readonly string[]
  readonly householdArea: string
  readonly residenceArea: string
  readonly cardUid: string
  readonly cardLost: boolean
  readonly topUpFen: number
  /** What the tester may expect, in words for the trial panel. */
  readonly hint: string
}

const HOME = '35/3501/350102/350102001'

const demoMember = (
  number: number,
  person: Omit<Person, 'phone'>,
  rest: Pick<DemoMember, 'cardUid' | 'topUpFen' | 'hint'> & { cardLost?: boolean; categories?: string[] },
): DemoMember => ({
  memberId: `demo-${number}`,
  person: { ...person, phone: `1380000000${number}` },
  categories: rest.categories ?? ['hukou-city', 'living-at-home'],
  householdArea: HOME,
  residenceArea: HOME,
  cardLost: rest.cardLost ?? false,
  cardUid: rest.cardUid,
  topUpFen: rest.topUpFen,
  hint: rest.hint,
})

export const demoMembers: readonly DemoMember[] = [
  demoMember(
    1,
    { fullName: '林秀英', formOfAddress: '林依姆', bornOn: '1954-03-08' },
    { cardUid: '2C00A1B201', topUpFen: 8900, hint: '72 岁，余额 89 元' },
  ),
  demoMember(
    2,
    { fullName: '陈国强', formOfAddress: '陈阿公', bornOn: '1943-06-21' },
    { cardUid: '2C00A1B202', topUpFen: 15_000, hint: '83 岁，余额 150 元' },
  ),
  demoMember(
    3,
    { fullName: '黄桂兰', formOfAddress: '黄奶奶', bornOn: '1936-11-02' },
    { cardUid: '2C00A1B203', topUpFen: 5000, hint: '90 岁，余额 50 元' },
  ),
  demoMember(
    4,
    { fullName: '郑福生', formOfAddress: '郑伯伯', bornOn: '1962-01-15' },
    { cardUid: '2C00A1B204', topUpFen: 6000, hint: '64 岁，没有补贴' },
  ),
  demoMember(
    5,
    { fullName: '王美珍', formOfAddress: '王依姆', bornOn: '1950-09-30' },
    { cardUid: '2C00A1B205', topUpFen: 450, hint: '余额只有 4.50 元' },
  ),
  demoMember(
    6,
    { fullName: '吴德明', formOfAddress: '吴阿公', bornOn: '1948-12-12' },
    { cardUid: '2C00A1B206', topUpFen: 3000, cardLost: true, hint: '这张卡已挂失' },
  ),
]

/** A card that nobody here ever issued. */
export const UNKNOWN_CARD_UID = '2C00A1B2FF'
