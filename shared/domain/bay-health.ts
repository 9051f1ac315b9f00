/** The lines of the health page about bays and open trays; see HEALTH_CODES. `{{bay}}` is the bay's id. */
export const BAY_HEALTH = {
  'bay-good': {
    title: { zh: '菜台 {{bay}} 正常', en: 'Bay {{bay}} works' },
    todo: {
      zh: '不用做什么。检定有效期至 {{verifiedUntil}}。',
      en: 'Nothing to do. Verified until {{verifiedUntil}}.',
    },
  },
  'bay-scale-away': {
    title: { zh: '菜台 {{bay}} 的秤没有连上', en: 'The scale of bay {{bay}} is away' },
    todo: {
      zh: '看看秤开了没有、线插紧没有，会自己接上。别的菜台照常。',
      en: 'See that it is switched on and its cable is firm; it comes back by itself. Other bays go on.',
    },
  },
  'bay-scale-needs-a-look': {
    title: { zh: '菜台 {{bay}} 的秤要看一下', en: 'The scale of bay {{bay}} needs a look' },
    todo: {
      zh: '盆拿开，按秤上的「置零」键，再放回来。',
      en: 'Take the pan off, press zero on the scale, and put the pan back.',
    },
  },
  'bay-reader-away': {
    title: { zh: '菜台 {{bay}} 的读卡器没有连上', en: 'The card reader of bay {{bay}} is away' },
    todo: {
      zh: '请把线插回去，会自己接上。没有它，这个菜台取不了菜。',
      en: 'Plug its cable in again; it comes back by itself. Without it nobody can take there.',
    },
  },
  'exit-reader-away': {
    title: { zh: '出口的读卡器没有连上', en: 'The card reader at the exit is away' },
    todo: {
      zh: '请把线插回去。这时请在「自助菜台」页里替大家付。',
      en: 'Plug its cable in again. Meanwhile pay the trays on the page of the bays.',
    },
  },
  'bay-verification-over': {
    title: { zh: '菜台 {{bay}} 的秤检定过期了', en: 'The verification of bay {{bay}} is over' },
    todo: {
      zh: '{{verifiedUntil}} 已到期，这个菜台不能卖。检定后把新的日期写进 canteen.json。',
      en: 'It ended on {{verifiedUntil}}; the bay sells nothing. After it was verified write the new date into canteen.json.',
    },
  },
  'bay-check-failed': {
    title: { zh: '菜台 {{bay}} 的秤没有通过校验', en: 'The scale of bay {{bay}} failed its check' },
    todo: {
      zh: '这个菜台不能卖。请在办公室「秤」里选它再校一次；还不行，请修秤。',
      en: 'The bay sells nothing. Choose it under Scale in the office and check it again, or have it repaired.',
    },
  },
  'bay-check-required': {
    title: { zh: '菜台 {{bay}} 今天还没有校秤', en: 'Bay {{bay}} has not been checked today' },
    todo: {
      zh: '校过才能卖。请在办公室「秤」里选它，用砝码校一次。',
      en: 'It sells nothing before. Choose it under Scale in the office and check it with the weight.',
    },
  },
  'bay-verification-expired': {
    title: { zh: '菜台 {{bay}} 的秤检定过期了，还在卖', en: 'Bay {{bay}} still sells past its verification' },
    todo: {
      zh: '{{verifiedUntil}} 已到期。店里的设置是只提醒、不停用：请尽快检定。',
      en: 'It ended on {{verifiedUntil}}. Your setting warns and does not lock: have it verified soon.',
    },
  },
  'bay-verification-soon': {
    title: { zh: '菜台 {{bay}} 的秤检定快到期了', en: 'The scale of bay {{bay}} must be verified soon' },
    todo: { zh: '{{verifiedUntil}} 到期。请约计量所来检定。', en: 'It ends on {{verifiedUntil}}. Book it.' },
  },
  'bay-check-released': {
    title: { zh: '菜台 {{bay}} 的秤没通过校验，店长同意今天用', en: "Bay {{bay}} sells by a manager's word" },
    todo: {
      zh: '只到今天为止。请修秤，或换一台。',
      en: 'For today only. Have the scale repaired, or replaced.',
    },
  },
  'bay-check-due': {
    title: { zh: '菜台 {{bay}} 今天还没有校秤', en: 'Bay {{bay}} has not been checked today' },
    todo: {
      zh: '照常卖。有空请在办公室「秤」里选它校一次。',
      en: 'It sells as usual. When there is time, choose it under Scale in the office and check it.',
    },
  },
  'trays-open': {
    title: { zh: '有 {{open}} 个餐盘还没付', en: '{{open}} trays are not paid yet' },
    todo: {
      zh: '最久的 {{minutes}} 分钟没有动过。到时间会自己付。',
      en: 'The oldest was last touched {{minutes}} minutes ago. They are paid by themselves after their time.',
    },
  },
  'trays-stopped': {
    title: { zh: '有 {{stopped}} 个餐盘付不了', en: '{{stopped}} trays cannot be paid' },
    todo: {
      zh: '最久的 {{minutes}} 分钟没有动过。请到「自助菜台」页看原因：收现金，或不算。',
      en: 'The oldest was last touched {{minutes}} minutes ago. See why on the page of the bays: take cash, or charge nothing.',
    },
  },
} as const
