/** One cause and one thing to do, for the senior; the cause and the remedy, for the staff (SPEC CK-17). */
export const troubleZh = {
  'card-unknown': {
    title: '不认识这张卡',
    action: '请换一张卡，或找工作人员',
    staff: '这张卡没有登记。请核对卡片，或按「散客现金」收款。',
  },
  'card-lost': {
    title: '这张卡已挂失',
    action: '请找工作人员',
    staff: '这张卡已经挂失，不能付款。请收好卡片，给长者补卡。',
  },
  'card-returned': {
    title: '这张卡已退',
    action: '请找工作人员',
    staff: '这张卡已经退回食堂，不能付款。请收好卡片；长者要用，请重新发卡。',
  },
  'two-cards': {
    title: '有两张卡',
    action: '请只放一张卡',
    staff: '读卡器上有两张卡。请长者只放一张。',
  },
  'already-paid': {
    title: '这盘已经付过',
    action: '请拿走餐盘，慢慢吃',
    staff: '同一盘又刷了一次卡，没有再扣钱。请长者拿走餐盘。',
  },
  'take-plate-away': {
    title: '请先拿走餐盘',
    action: '秤空了，就能称下一盘',
    staff: '秤上还有东西，拿走后才能开始下一单。',
  },
  'scale-unstable': {
    title: '餐盘还在晃',
    action: '请把餐盘放稳，手拿开',
    staff: '重量一直在变。请看看餐盘有没有放稳、有没有风或震动。',
  },
  'scale-negative': {
    title: '秤不在零位',
    action: '请稍等，工作人员来清零',
    staff: '秤的读数低于零。请清空秤盘，按秤上的「置零」键。',
  },
  'scale-overload': {
    title: '太重了',
    action: '请拿下一些，分两次称',
    staff: '超过了秤的最大称量。请分两盘称。',
  },
  'scale-underload': {
    title: '秤盘没有放好',
    action: '请稍等，工作人员来看一下',
    staff: '秤说称量不足：秤盘可能被抬起或没有放正。',
  },
  'scale-not-zeroed': {
    title: '秤还没有归零',
    action: '请拿走秤上的东西',
    staff: '秤开机没有归零。请清空秤盘，按「置零」键或重新开机。',
  },
  'scale-tared': {
    title: '秤上按了去皮',
    action: '请稍等，工作人员来看一下',
    staff: '秤自己的「去皮」键按过了。请清空秤盘，在秤上取消去皮。盘子的重量由收银台来减，不要在秤上减。',
  },
  'scale-stale': {
    title: '秤没有回应',
    action: '请稍等，工作人员来看一下',
    staff: '超过一秒没有收到秤的数据。请看秤是否开着、线是否松了。',
  },
  'scale-disconnected': {
    title: '秤没有连上',
    action: '请找工作人员',
    staff: '找不到秤。请检查电源和数据线；插好后会自己恢复。',
  },
  'scale-verification-expired': {
    title: '这台秤要检定',
    action: '请找工作人员',
    staff: '秤的检定已经过期，按规定不能再称重卖餐。份餐和套餐还可以卖。',
  },
  'scale-check-due': {
    title: '秤还没有校好',
    action: '请稍等，找工作人员',
    staff: '今天还没有用砝码校秤，按规定先不称重。请到办公室「秤」里校一次；份餐和套餐照常卖。',
  },
  'scale-check-failed': {
    title: '这台秤称不准',
    action: '请找工作人员',
    staff: '秤没有通过校验，先不称重。请到办公室「秤」里再校一次，或请店长决定；份餐和套餐照常卖。',
  },
  'scale-in-check': {
    title: '正在校秤',
    action: '请稍等一分钟',
    staff: '办公室正在用砝码校秤。校好、拿走砝码就能称；三分钟没人管会自己结束。',
  },
  'weight-below-minimum': {
    title: '太轻，称不准',
    action: '请再加一点',
    staff: '低于秤的最小称量，不能按重量卖。请加菜，或按份卖。',
  },
  'daily-limit': {
    title: '今天刷卡到了限额',
    action: '请找工作人员',
    staff:
      '这张卡今天刷的钱到了每日限额，没有扣钱。可以按「散客现金」收全价现金；要提高限额，请店长在「长者与卡」里改。',
  },
  'subsidy-used': {
    title: '补贴刚用过了',
    action: '请再刷一次卡',
    staff: '这份补贴刚在别处用掉了，没有扣钱。再刷卡会按新的价格算。',
  },
  'balance-changed': {
    title: '余额刚刚变了',
    action: '请再刷一次卡',
    staff: '这张卡的余额刚刚变了，没有扣钱。再刷卡会按新的余额算。',
  },
  'day-closed': {
    title: '今天的账刚刚结了',
    action: '请再刷一次卡',
    staff: '这一天刚刚日结，没有扣钱。再刷卡会记在下一个营业日。',
  },
  'disk-full': {
    title: '暂时不能付款',
    action: '机器存满了，请找工作人员',
    staff: '硬盘满了，账本写不进去，没有扣钱。请清理硬盘；有了空间会自己恢复。',
  },
  'book-read-only': {
    title: '现在记不了账',
    action: '请稍等，工作人员来看一下',
    staff: '硬盘变成了只读，账本写不进去，没有扣钱。请联系维护人员。',
  },
  'book-unavailable': {
    title: '账本打不开',
    action: '请稍等，工作人员来处理',
    staff: '账本现在打不开，没有扣钱。程序会不断重试；一直不好请联系维护人员。',
  },
  'clock-to-confirm': {
    title: '正在核对日期',
    action: '请稍等，马上就好',
    staff: '电脑的日期和账本差得太远，先停止收款。看准日期，再按「确认日期」。',
  },
}
