import {
  COLUMN_NAMES,
  IMPORT_COLUMNS,
  type ImportColumn,
} from '../../../../shared/domain/members/import-columns.ts'
import { CATEGORY_WORDS } from '../../../../shared/domain/members/categories.ts'

/** Rows that are formatted as text, so that a spreadsheet keeps every digit of a number that is written there. */
const TEXT_ROWS = 2_000
const WIDTHS: Partial<Record<ImportColumn, number>> = { idNumber: 24, cardUid: 18, categories: 28, phone: 16 }

/** An empty list with its columns, and a second sheet that says what goes where. */
export async function templateFile(): Promise<Uint8Array> {
  // Loaded when a template is wanted: a station starts without it.
  const { default: writeExcelFile } = await import('write-excel-file/node')
  const blank = IMPORT_COLUMNS.map(() => ({ type: String, value: '', format: '@' }) as const)
  const head = IMPORT_COLUMNS.map(
    (column) => ({ value: COLUMN_NAMES[column][0], fontWeight: 'bold' }) as const,
  )
  const hints = HINTS.map(([column, hint]) => [
    { value: COLUMN_NAMES[column][0], fontWeight: 'bold' as const },
    { value: hint },
  ])
  const sheets = [
    {
      sheet: '长者名单',
      data: [head, ...Array.from({ length: TEXT_ROWS }, () => blank)],
      columns: IMPORT_COLUMNS.map((column) => ({ width: WIDTHS[column] ?? 14 })),
      stickyRowsCount: 1,
    },
    { sheet: '怎么填', data: hints, columns: [{ width: 14 }, { width: 80 }] },
  ]
  return await writeExcelFile(sheets, { fontFamily: 'Microsoft YaHei', fontSize: 11 }).toBuffer()
}

const HINTS: readonly (readonly [ImportColumn, string])[] = [
  ['fullName', '必填。'],
  ['idNumber', '十八位，按文本填。填了它就不用填生日。'],
  ['bornOn', '例如 1948-05-20、1948/5/20、19480520。没有身份证号时必填。'],
  ['phone', '可以不填。'],
  ['cardUid', '按文本填，前面的零不能少。还没有卡就空着。'],
  ['formOfAddress', '屏幕上的称呼，例如 林依姆。空着就按姓来称呼。'],
  [
    'categories',
    `可以填几个，用顿号隔开：${Object.values(CATEGORY_WORDS)
      .map(({ zh }) => zh)
      .join('、')}。`,
  ],
  ['categoriesFrom', '这一行的类别从哪天起算，例如 2026-01-01。空着就一直算。'],
  ['categoriesUntil', '这一行的类别算到哪天为止（当天还算），例如 2026-12-31。空着就没有期限。'],
  ['householdArea', '例如 35/3501/350102。'],
  ['residenceArea', '例如 35/3501/350102。'],
  ['openingFen', '旧账本转来的余额，单位元，例如 23.50。没有就空着。'],
]
