/** Copies of the book in a second place. */
export const backupsZh = {
  title: '备份',
  folder: '备份在 {{folder}}',
  sameDisk: '备份和账本在同一个磁盘上。磁盘坏了两个都没有：请插一个 U 盘，让技术人员设好第二个地方。',
  none: '还没有备份。',
  next: '下次自动：{{when}}',
  now: '现在备份',
  copying: '正在复制 {{percent}}%',
  verifying: '正在核对 {{percent}}%',
  when: '时间',
  size: '大小',
  entries: '条数',
  proof: '校验码',
  verified: '已核对',
  trouble: {
    'no-place': '找不到备份的地方：U 盘拔掉了吗？',
    'no-room': '备份的地方满了，请换一个大一点的。',
    'not-verified': '复制出来的和账本不一样，没有算数。请联系技术人员。',
    failed: '备份没有成功，请再试一次。',
  },
}
