import type { staffZh } from '../zh-CN/staff.ts'

export const staffEn: typeof staffZh = {
  title: 'Staff & PINs',
  lead: 'Change your own PIN here. An admin adds colleagues.',
  leadAdmin: 'Add colleagues, change roles, give a new PIN to whoever forgot hers.',
  ownPin: 'Change my PIN',
  add: 'Add a colleague',
  change: 'Change',
  newPin: 'New PIN',
  none: 'No colleagues yet.',
  saved: "{{name}}'s details are saved.",
  lastAdmin: 'There has to be one admin: make somebody else an admin first.',
  columns: { name: 'Name', role: 'Role', state: 'Now' },
  state: { works: 'works here', gone: 'no longer here' },
  may: {
    cashier: 'sells, menus, cards, top-ups',
    manager: 'and voids, undoing, reports, prices',
    admin: 'and colleagues, PINs, connections',
  },
  dialog: {
    add: 'Add a colleague',
    change: 'Change a colleague',
    nameMissing: 'Please write the name',
    cancel: 'Cancel',
    next: 'Next: the PIN',
    save: 'Save',
  },
  pin: {
    title: { own: 'Change my PIN', reset: 'New PIN for {{name}}', add: 'PIN of {{name}}' },
    step: { old: 'First the present PIN', new: 'Choose a new PIN', again: 'Once more' },
    save: 'Save',
    rules: 'Four to eight digits; not 1234, 0000 or a birthday.',
    done: {
      own: 'Your PIN is changed.',
      reset: '{{name}} has a new PIN and is no longer locked out.',
      add: '{{name}} can sign in now.',
    },
  },
}
