/** The page of the book's nightly checks; their own words are data in `shared/domain/book-checks.ts`. */
export const checksZh = {
  title: '账本核对',
  lead: '每晚备份时核对一次。只看不改：有不对的地方写在这里，请找维护的人。',
  never: '还没有核对过。今晚会自己做；现在就要，请按「现在核对」。',
  last: '上次核对：{{when}}，一共 {{entries}} 条记录',
  good: '{{checks}} 项都对',
  wrong: '{{count}} 项有不对的地方',
  places: '共 {{count}} 处',
  now: '现在核对',
}
