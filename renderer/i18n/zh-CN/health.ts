/** The health page around its lines, whose own words are data in `shared/domain/health-codes.ts`. */
export const healthZh = {
  title: '体检',
  summary: {
    good: '一切正常',
    attention: '能卖，但有事要留意',
    bad: '有事要马上处理',
  },
  light: { good: '正常', attention: '留意', bad: '要处理' },
  about: '机器 {{station}}，版本 {{version}}',
}
