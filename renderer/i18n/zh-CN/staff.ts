/** Who works here. */
export const staffZh = {
  title: '同事与密码',
  lead: '改自己的密码。添加同事请找管理员。',
  leadAdmin: '添加同事、换职务、给忘了密码的人一个新密码。',
  ownPin: '改我的密码',
  add: '添加同事',
  change: '修改',
  newPin: '新密码',
  none: '还没有同事。',
  saved: '{{name}}的资料存好了。',
  lastAdmin: '至少要有一位管理员：请先把别人设为管理员。',
  columns: { name: '姓名', role: '职务', state: '现在' },
  state: { works: '在这里工作', gone: '不在这里了' },
  may: {
    cashier: '收银、菜单、办卡、充值',
    manager: '再加：作废、撤回、报表、改价',
    admin: '再加：同事、密码、联网',
  },
  dialog: {
    add: '添加同事',
    change: '修改同事',
    nameMissing: '请写姓名',
    cancel: '取消',
    next: '下一步：密码',
    save: '保存',
  },
  pin: {
    title: { own: '改我的密码', reset: '给{{name}}新密码', add: '{{name}}的密码' },
    step: { old: '先按现在的密码', new: '想一个新密码', again: '再按一次' },
    save: '存好',
    rules: '四到八位数字；不要 1234、0000 和生日。',
    done: {
      own: '您的密码改好了。',
      reset: '{{name}}有新密码了，也不再被锁住。',
      add: '{{name}}可以登录了。',
    },
  },
}
