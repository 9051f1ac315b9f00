/** The columns of a list of members. What is written over them, besides these words, does not matter. */
export const IMPORT_COLUMNS = [
  'fullName',
  'idNumber',
  'bornOn',
  'phone',
  'cardUid',
  'formOfAddress',
  'categories',
  'categoriesFrom',
  'categoriesUntil',
  'householdArea',
  'residenceArea',
  'openingFen',
] as const

export type ImportColumn = (typeof IMPORT_COLUMNS)[number]

/** The template's own word first; the others are what lists from elsewhere say. */
export const COLUMN_NAMES: { readonly [Column in ImportColumn]: readonly [string, ...string[]] } = {
  fullName: ['姓名', '名字', '老人姓名', '长者姓名', 'name', 'full name'],
  idNumber: ['身份证号', '身份证', '身份证号码', '证件号', '证件号码', '公民身份号码', 'id number'],
  bornOn: ['生日', '出生日期', '出生年月日', '出生年月', 'birthday', 'born'],
  phone: ['电话', '手机', '手机号', '手机号码', '联系电话', '联系方式', 'phone'],
  cardUid: ['卡号', '卡', '敬老卡号', '饭卡号', 'card'],
  formOfAddress: ['称呼', '屏幕上的称呼', 'form of address'],
  categories: ['类别', '人员类别', '补贴类别', '对象类别', 'categories'],
  categoriesFrom: ['类别生效', '类别开始', '类别开始日期', '生效日期', '有效期起', 'categories from'],
  categoriesUntil: [
    '类别到期',
    '类别截止',
    '类别到期日期',
    '到期日期',
    '有效期至',
    '有效期止',
    'categories until',
  ],
  householdArea: ['户籍地区', '户籍', '户籍地', '户籍所在地', 'household area'],
  residenceArea: ['居住地区', '居住地', '现住址', 'residence area'],
  openingFen: ['余额', '期初余额', '卡内余额', '余额元', 'opening balance', 'balance'],
}

const key = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s*()（）:：]/g, '')

const BY_NAME: ReadonlyMap<string, ImportColumn> = new Map(
  IMPORT_COLUMNS.flatMap((column) => COLUMN_NAMES[column].map((name) => [key(name), column] as const)),
)

/** Which column each cell of a headline names; null where it names none. The first of two alike counts. */
export function columnsOf(headline: readonly string[]): readonly (ImportColumn | null)[] {
  const taken = new Set<ImportColumn>()
  return headline.map((text) => {
    const column = BY_NAME.get(key(text)) ?? null
    if (column === null || taken.has(column)) return null
    taken.add(column)
    return column
  })
}
