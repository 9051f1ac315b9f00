/** A receipt on the screen. */
export const receiptsZh = {
  title: '小票',
  close: '关闭',
}
