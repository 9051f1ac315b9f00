import { BAY_HEALTH } from './bay-health.ts'
import type { Words } from './menu.ts'
import { PRINTER_HEALTH } from './printer-health.ts'

/** Every line that the health page can have: how it is, and what to do. `{{gaps}}` are filled from the line's values. */
export const HEALTH_CODES = {
  'cards-seen-twice': {
    title: { zh: '有卡在两处同时刷过', en: 'A card was at two places at once' },
    todo: {
      zh: '{{count}} 张卡可能被复制了。请在「操作记录」里看是谁，问过本人后给她补卡；照常卖。',
      en: '{{count}} cards may have been copied. The record says whose; ask her and give her a new card. Selling goes on.',
    },
  },
  'scale-good': {
    title: { zh: '秤正常', en: 'The scale works' },
    todo: {
      zh: '不用做什么。检定有效期至 {{verifiedUntil}}。',
      en: 'Nothing to do. Verified until {{verifiedUntil}}.',
    },
  },
  'scale-none': {
    title: { zh: '没有接秤', en: 'No scale is configured' },
    todo: {
      zh: '按份、按套餐照常卖。要称重，请在 canteen.json 里写上秤。',
      en: 'Portions and set meals are sold as usual. To weigh, name the scale in canteen.json.',
    },
  },
  'scale-needs-a-look': {
    title: { zh: '秤现在不能用', en: 'The scale cannot be used now' },
    todo: {
      zh: '请清空秤盘，按秤上的「置零」键。不行就关掉秤再打开。',
      en: 'Empty the pan and press zero on the scale. If that does not help, switch it off and on.',
    },
  },
  'scale-silent': {
    title: { zh: '秤没有信号了', en: 'The scale says nothing' },
    todo: {
      zh: '看看秤开了没有、线插紧没有。十分钟还不好，请找维护的人。',
      en: 'See that it is switched on and its cable is firm. Call support if it stays silent for ten minutes.',
    },
  },
  'scale-disconnected': {
    title: { zh: '秤断开了', en: 'The scale is unplugged' },
    todo: { zh: '请把秤的线插回去，会自己接上。', en: 'Plug its cable in again; it comes back by itself.' },
  },
  'scale-verification-soon': {
    title: { zh: '秤的检定快到期了', en: 'The scale must be verified soon' },
    todo: {
      zh: '还有 {{days}} 天（{{verifiedUntil}}）。请约计量所来检定，过期后不能称重。',
      en: '{{days}} days are left ({{verifiedUntil}}). Book the verification; after that date nothing is weighed.',
    },
  },
  'scale-verification-over': {
    title: { zh: '秤的检定过期了', en: "The scale's verification is over" },
    todo: {
      zh: '{{verifiedUntil}} 已到期，不能称重。检定后把新的日期写进 canteen.json。',
      en: 'It ended on {{verifiedUntil}}; nothing is weighed. After it was verified write the new date into canteen.json.',
    },
  },
  'scale-verification-expired': {
    title: { zh: '秤的检定过期了，还在称', en: 'The verification is over and the scale still sells' },
    todo: {
      zh: '{{verifiedUntil}} 已到期。店里的设置是只提醒、不停用：请尽快检定。',
      en: 'It ended on {{verifiedUntil}}. Your setting warns and does not lock: have it verified soon.',
    },
  },
  'scale-check-failed': {
    title: { zh: '秤没有通过校验', en: 'The scale failed its check' },
    todo: {
      zh: '不能称重卖。请在办公室「秤」里再校一次；还不行，请修秤。份餐和套餐照常卖。',
      en: 'Nothing is sold by weight. Check it again under Scale in the office, or have it repaired. Portions still sell.',
    },
  },
  'scale-check-required': {
    title: { zh: '今天还没有校秤', en: 'The scale has not been checked today' },
    todo: {
      zh: '校过才能称重卖。请在办公室「秤」里用砝码校一次，一分钟就好。',
      en: 'Nothing is sold by weight before. Check it with the weight under Scale in the office; it takes a minute.',
    },
  },
  'scale-check-due': {
    title: { zh: '今天还没有校秤', en: 'The scale has not been checked today' },
    todo: {
      zh: '照常卖。开门前最好在办公室「秤」里用砝码校一次。',
      en: 'It sells as usual. Best check it with the weight, under Scale in the office, before opening.',
    },
  },
  'scale-check-released': {
    title: {
      zh: '秤没有通过校验，店长同意今天照用',
      en: 'The scale failed its check; a manager lets it sell today',
    },
    todo: {
      zh: '只到今天为止。请再校一次，或者请人修秤。',
      en: 'For today only. Check it again, or have it repaired.',
    },
  },
  'reader-good': {
    title: { zh: '读卡器正常', en: 'The card reader works' },
    todo: { zh: '不用做什么。', en: 'Nothing to do.' },
  },
  'reader-none': {
    title: { zh: '没有接读卡器', en: 'No card reader is configured' },
    todo: {
      zh: '没有卡也能收现金。要刷卡，请在 canteen.json 里写上读卡器。',
      en: 'Cash is taken without cards. To read cards, name the reader in canteen.json.',
    },
  },
  'reader-disconnected': {
    title: { zh: '读卡器断开了', en: 'The card reader is unplugged' },
    todo: {
      zh: '请把读卡器的线插回去，会自己接上。',
      en: 'Plug its cable in again; it comes back by itself.',
    },
  },
  'id-reader-good': {
    title: { zh: '身份证读卡器正常', en: 'The ID-card reader works' },
    todo: { zh: '不用做什么。', en: 'Nothing to do.' },
  },
  'id-reader-disconnected': {
    title: { zh: '身份证读卡器断开了', en: 'The ID-card reader is unplugged' },
    todo: {
      zh: '请把线插回去，会自己接上。没有它也能登记：姓名和号码用手填。卖饭不受影响。',
      en: 'Plug its cable in again; it comes back by itself. Without it, type name and number by hand; selling goes on.',
    },
  },
  'disk-good': {
    title: { zh: '磁盘够用', en: 'There is room on the disk' },
    todo: { zh: '不用做什么。还有 {{freeMb}} MB。', en: 'Nothing to do. {{freeMb}} MB are free.' },
  },
  'disk-low': {
    title: { zh: '磁盘快满了', en: 'The disk is filling up' },
    todo: {
      zh: '只剩 {{freeMb}} MB。请删掉这台电脑上不用的文件，别动食堂的数据文件夹。',
      en: "Only {{freeMb}} MB are free. Delete what this computer does not need; leave the canteen's data folder alone.",
    },
  },
  'disk-very-low': {
    title: { zh: '磁盘要满了', en: 'The disk is nearly full' },
    todo: {
      zh: '只剩 {{freeMb}} MB，很快就不能卖了。请马上删掉不用的文件。',
      en: 'Only {{freeMb}} MB are free; selling will stop soon. Make room now.',
    },
  },
  'disk-unknown': {
    title: { zh: '看不到磁盘', en: 'The disk does not answer' },
    todo: {
      zh: '不知道还有多少空间。请找维护的人。',
      en: 'How much room is left is not known. Call support.',
    },
  },
  'backup-good': {
    title: { zh: '备份正常', en: 'The backup is fresh' },
    todo: {
      zh: '不用做什么。上次备份在 {{hours}} 小时前，已核对。',
      en: 'Nothing to do. The last one is {{hours}} hours old and was checked.',
    },
  },
  'backup-none': {
    title: { zh: '还没有备份', en: 'There is no backup yet' },
    todo: {
      zh: '今晚会自己备份。不想等，请按「现在备份」。',
      en: 'It is made by itself tonight. To have one now, press "Back up now".',
    },
  },
  'backup-old': {
    title: { zh: '备份旧了', en: 'The backup is getting old' },
    todo: {
      zh: '上次备份在 {{hours}} 小时前。晚上请别关机，或按「现在备份」。',
      en: 'The last one is {{hours}} hours old. Leave the computer on tonight, or press "Back up now".',
    },
  },
  'backup-very-old': {
    title: { zh: '很久没有备份了', en: 'There was no backup for long' },
    todo: {
      zh: '上次备份在 {{days}} 天前。请按「现在备份」，不成功就找维护的人。',
      en: 'The last one is {{days}} days old. Press "Back up now"; if it fails, call support.',
    },
  },
  'backup-same-disk': {
    title: { zh: '备份和账本在同一块磁盘上', en: 'The backup lies on the same disk as the book' },
    todo: {
      zh: '磁盘坏了，两个都没了。请插一个 U 盘，把它写进 canteen.json 的 backupFolder。',
      en: 'If that disk dies, both are gone. Plug in a stick and name it as backupFolder in canteen.json.',
    },
  },
  'backup-no-place': {
    title: { zh: '找不到放备份的地方', en: 'The place for backups is not there' },
    todo: {
      zh: '请看看 U 盘插好没有，能不能写。插好后按「现在备份」。',
      en: 'See that the stick is plugged in and can be written, then press "Back up now".',
    },
  },
  'backup-no-room': {
    title: { zh: '放备份的地方满了', en: 'There is no room for a backup' },
    todo: {
      zh: '上次的备份没有做成，以前的还在。请腾出地方，或换一个 U 盘。',
      en: 'The last try failed, older ones are still there. Make room, or use another stick.',
    },
  },
  'backup-not-verified': {
    title: { zh: '备份没有通过核对', en: 'The backup did not pass its check' },
    todo: {
      zh: '这份没有留下，以前的还在。请马上找维护的人，账本可能坏了。',
      en: 'It was not kept, older ones are still there. Call support at once: the book may be damaged.',
    },
  },
  'backup-failed': {
    title: { zh: '备份没有做成', en: 'The backup failed' },
    todo: {
      zh: '以前的备份还在。请按「现在备份」再试一次，还不行就找维护的人。',
      en: 'Older ones are still there. Press "Back up now" once more; call support if it fails again.',
    },
  },
  'sync-good': {
    title: { zh: '已交到社区', en: 'The community has the book' },
    todo: {
      zh: '不用做什么。上次在 {{hours}} 小时前，还有 {{waiting}} 条等今晚。',
      en: 'Nothing to do. The last time was {{hours}} hours ago; {{waiting}} entries wait for tonight.',
    },
  },
  'sync-not-enrolled': {
    title: { zh: '还没有连到社区', en: 'This counter is not enrolled' },
    todo: {
      zh: '请向社区要一个登记码，在「同步」页里填上。',
      en: "Ask the community's office for a code and enter it on the sync page.",
    },
  },
  'sync-trial': {
    title: { zh: '演示不用连社区', en: 'A trial needs no community server' },
    todo: { zh: '不用做什么。', en: 'Nothing to do.' },
  },
  'sync-never': {
    title: { zh: '还没有交过', en: 'Nothing was sent yet' },
    todo: { zh: '今晚会自己交。', en: 'It is sent by itself tonight.' },
  },
  'sync-old': {
    title: { zh: '有一阵没交了', en: 'The last sync was some time ago' },
    todo: {
      zh: '上次在 {{hours}} 小时前。请看看网络，或按「现在同步」。卖饭不受影响。',
      en: 'It was {{hours}} hours ago. See to the network, or press "Sync now". Selling goes on.',
    },
  },
  'sync-very-old': {
    title: { zh: '很久没交了', en: 'There was no sync for long' },
    todo: {
      zh: '上次在 {{days}} 天前。请修好网络，不行就打电话给社区。卖饭不受影响。',
      en: "It was {{days}} days ago. Have the network repaired, or ring the community's office. Selling goes on.",
    },
  },
  'sync-unreachable': {
    title: { zh: '连不上社区', en: 'The community server is not reached' },
    todo: {
      zh: '会自己再试，什么都不会丢。一天还不行，请看看网络。',
      en: 'It is tried again by itself and nothing is lost. After a day see to the network.',
    },
  },
  'sync-server-busy': {
    title: { zh: '社区那边正忙', en: 'The community server is busy' },
    todo: { zh: '会自己再试，什么都不会丢。', en: 'It is tried again by itself; nothing is lost.' },
  },
  'sync-not-accepted': {
    title: { zh: '社区不认这台机器', en: 'The community server does not know this counter' },
    todo: {
      zh: '请打电话给社区，要一个新的登记码。卖饭不受影响。',
      en: "Ring the community's office for a new code. Selling goes on.",
    },
  },
  'sync-version': {
    title: { zh: '程序和社区的版本不合', en: 'The server speaks another version' },
    todo: {
      zh: '请更新这台机器上的程序。卖饭不受影响。',
      en: 'Update the program on this computer. Selling goes on.',
    },
  },
  'sync-book-behind-server': {
    title: { zh: '账本比社区的旧', en: "The book is behind the server's" },
    todo: {
      zh: '可能放回了旧的账本。请马上找维护的人，别再换文件。',
      en: 'An older book may stand in its place. Call support at once and replace no more files.',
    },
  },
  'sync-fork': {
    title: { zh: '有两个账本用同一个名字', en: 'Two books write under one name' },
    todo: {
      zh: '可能有人复制了磁盘。请停下另一台机器，马上找维护的人。',
      en: 'A disk was probably copied. Stop the other computer and call support at once.',
    },
  },
  'sync-damaged-answer': {
    title: { zh: '社区的回答读不懂', en: "The server's answer cannot be read" },
    todo: {
      zh: '会自己再试，什么都不会丢。一天还不行，请打电话给社区。',
      en: "It is tried again by itself and nothing is lost. After a day ring the community's office.",
    },
  },
  'sync-fetched': {
    title: { zh: '社区还回了丢失的记录', en: 'The server gave back lost entries' },
    todo: {
      zh: '{{entries}} 条，都补上了。刚用备份恢复过就没事；没有的话磁盘可能坏了，请找维护的人。',
      en: '{{entries}}, all back in place. After a restore that is as it should be; otherwise the disk may be failing: call support.',
    },
  },
  'clock-good': {
    title: { zh: '时间正常', en: 'The clock is right' },
    todo: { zh: '不用做什么。', en: 'Nothing to do.' },
  },
  'clock-behind': {
    title: { zh: '电脑的时间慢了', en: "The computer's clock is behind" },
    todo: {
      zh: '比账本里最新的一笔慢 {{minutes}} 分钟。请把时间调准。',
      en: "It stands {{minutes}} minutes before the book's newest entry. Set it right.",
    },
  },
  'clock-to-confirm': {
    title: { zh: '电脑的日期不对', en: "The computer's date looks wrong" },
    todo: {
      zh: '现在不卖。请把日期调准；要是日期没错，请在收银页上确认。',
      en: "Nothing is sold now. Set the date; if it is right, confirm it on the counter's page.",
    },
  },
  'book-good': {
    title: { zh: '账本正常', en: 'The book is sound' },
    todo: { zh: '不用做什么。一共 {{entries}} 条。', en: 'Nothing to do. It holds {{entries}} entries.' },
  },
  'book-reopening': {
    title: { zh: '正在核对账本', en: 'The book is being checked' },
    todo: { zh: '请稍等，会自己好。', en: 'Please wait; it comes back by itself.' },
  },
  'book-read-only': {
    title: { zh: '账本不能写', en: 'The book cannot be written' },
    todo: {
      zh: '现在不卖。磁盘只能读了，请找维护的人。',
      en: 'Nothing is sold now. The disk became read-only: call support.',
    },
  },
  'book-disk-full': {
    title: { zh: '磁盘满了', en: 'The disk is full' },
    todo: {
      zh: '现在不卖。请删掉不用的文件，腾出地方就自己好。',
      en: 'Nothing is sold now. Make room; selling resumes by itself.',
    },
  },
  'book-unavailable': {
    title: { zh: '账本读不了', en: 'The book cannot be read' },
    todo: {
      zh: '现在不卖。会一直自己再试；十分钟还不好，请找维护的人，准备用备份恢复。',
      en: 'Nothing is sold now. It is tried again and again; after ten minutes call support and have a backup ready.',
    },
  },
  'book-entries-waiting': {
    title: { zh: '有些记录要新程序才懂', en: 'Some entries need a newer program' },
    todo: {
      zh: '{{count}} 条记录已收好，还没算进去。请更新程序。',
      en: '{{count}} entries are kept but not yet counted. Update the program.',
    },
  },
  'book-findings': {
    title: { zh: '核对发现账本有错', en: 'The audit found something wrong' },
    todo: {
      zh: '{{count}} 处，第一处：{{where}}（{{rule}}）。请马上找维护的人，别删备份。',
      en: '{{count}} places, the first: {{where}} ({{rule}}). Call support at once and delete no backup.',
    },
  },
  'book-checks-failed': {
    title: { zh: '账本核对有对不上的地方', en: "A check of the book doesn't hold" },
    todo: {
      zh: '{{count}} 项对不上。请经理看「账本核对」页，并找维护的人。什么都没有被改动。',
      en: '{{count}} of them. A manager looks at the book checks page and calls support. Nothing was changed.',
    },
  },
  'calendar-good': {
    title: { zh: '节假日已知', en: "The year's holidays are known" },
    todo: { zh: '不用做什么。', en: 'Nothing to do.' },
  },
  'calendar-missing': {
    title: { zh: '还没有 {{year}} 年的放假通知', en: 'The holidays of {{year}} are not known' },
    todo: {
      zh: '先按周一到周五算工作日，补贴可能不准。请更新程序。',
      en: 'Monday to Friday count as working days until then, and subsidies may be wrong. Update the program.',
    },
  },
  'day-good': {
    title: { zh: '前几天都结账了', en: 'Earlier days are closed' },
    todo: { zh: '今天收工时请结账。', en: 'Close today when work is done.' },
  },
  'day-not-closed': {
    title: { zh: '{{date}} 还没有结账', en: '{{date}} was not closed' },
    todo: {
      zh: '请经理点好钱箱，在「日结」页结账。',
      en: 'A manager counts the drawer and closes it on the day page.',
    },
  },
  ...PRINTER_HEALTH,
  ...BAY_HEALTH,
} as const satisfies Readonly<Record<string, { readonly title: Words; readonly todo: Words }>>

/** Names the words of a line. */
export type HealthCode = keyof typeof HEALTH_CODES
