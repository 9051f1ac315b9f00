/** A receipt on the screen. */
export const receiptsZh = {
  title: '小票',
  close: '关闭',
  print: '打印',
  printed: '已存成 PDF：{{path}}',
  noPrinter: '这台机器现在打印不了，请抄下来或稍后再试。',
}
