import type { troubleZh } from '../zh-CN/trouble.ts'

export const troubleEn: typeof troubleZh = {
  'card-unknown': {
    title: 'We do not know this card',
    action: 'Please try another card, or ask the staff',
    staff: 'This card is not registered. Check the card, or take the money with "Guest cash".',
  },
  'card-lost': {
    title: 'This card was reported lost',
    action: 'Please ask the staff',
    staff: 'This card was reported lost and cannot pay. Keep it, and reissue one for the senior.',
  },
  'card-returned': {
    title: 'This card was handed in',
    action: 'Please ask the staff',
    staff:
      'This card was returned to the canteen and cannot pay. Keep it; issue a card anew if the senior needs one.',
  },
  'two-cards': {
    title: 'There are two cards',
    action: 'Please use only one',
    staff: 'Two cards lie on the reader. Ask for one only.',
  },
  'already-paid': {
    title: 'This plate is paid already',
    action: 'Please take it and enjoy your meal',
    staff: 'The same plate was tapped again. Nothing more was charged. The plate may go.',
  },
  'take-plate-away': {
    title: 'Please take the plate away',
    action: 'The next plate can be weighed once the scale is empty',
    staff: 'Something still lies on the scale. The next sale starts when it is gone.',
  },
  'scale-unstable': {
    title: 'The plate is still moving',
    action: 'Please let it rest and take your hand away',
    staff: 'The weight keeps changing. See that the plate stands firm, without wind or shaking.',
  },
  'scale-negative': {
    title: 'The scale is below zero',
    action: 'One moment please, the staff will set it to zero',
    staff: 'The scale reads below zero. Clear the pan and press the zero key on the scale.',
  },
  'scale-overload': {
    title: 'That is too heavy',
    action: 'Please take some off and weigh it in two parts',
    staff: 'More than the scale can weigh. Use two plates.',
  },
  'scale-underload': {
    title: 'The pan is not in place',
    action: 'One moment please, the staff will look at it',
    staff: 'The scale reports underload: the pan may be lifted or not sit right.',
  },
  'scale-not-zeroed': {
    title: 'The scale is not at zero',
    action: 'Please clear the scale',
    staff:
      'The scale did not find its zero when it started. Clear the pan and press its zero key, or switch it off and on.',
  },
  'scale-tared': {
    title: "The scale's own tare is on",
    action: 'One moment please, the staff will look at it',
    staff:
      'The tare key of the scale itself was pressed. Clear the pan and cancel the tare on the scale. The plate is taken off here, never on the scale.',
  },
  'scale-stale': {
    title: 'The scale does not answer',
    action: 'One moment please, the staff will look at it',
    staff: 'Nothing came from the scale for a second. See whether it is on and the cable is firm.',
  },
  'scale-disconnected': {
    title: 'The scale is not connected',
    action: 'Please ask the staff',
    staff: 'No scale is found. Check power and cable; it comes back by itself when plugged in.',
  },
  'scale-verification-expired': {
    title: 'This scale is due for its check',
    action: 'Please ask the staff',
    staff:
      'The verification has expired, so nothing may be sold by weight. Portions and set meals still can.',
  },
  'scale-check-due': {
    title: 'The scale is not checked yet',
    action: 'Please ask the staff',
    staff:
      'The scale has not been checked with the weight today, so nothing is weighed yet. Check it under Scale in the office. Portions and set meals sell.',
  },
  'scale-check-failed': {
    title: 'This scale is not right',
    action: 'Please ask the staff',
    staff:
      'The scale failed its check, so nothing is weighed. Check it again under Scale in the office, or ask a manager. Portions and set meals sell.',
  },
  'scale-in-check': {
    title: 'The scale is being checked',
    action: 'One minute, please',
    staff:
      'The office checks the scale with a weight. Weighing goes on when it is done and the weight is lifted; after three idle minutes it ends by itself.',
  },
  'weight-below-minimum': {
    title: 'Too light to weigh',
    action: 'Please add a little',
    staff: 'Below the least the scale may sell. Add food, or sell it as a portion.',
  },
  'daily-limit': {
    title: 'The limit for today is reached',
    action: 'Please ask the staff',
    staff:
      'This card has reached its daily limit; nothing was charged. Take the full price in cash with "Guest, cash", or let a manager raise the limit on the page of members.',
  },
  'subsidy-used': {
    title: 'The subsidy was just used',
    action: 'Please tap the card again',
    staff:
      'This subsidy was used elsewhere a moment ago. Nothing was charged. The next tap takes the new price.',
  },
  'balance-changed': {
    title: 'The balance has just changed',
    action: 'Please tap the card again',
    staff:
      'The balance of this card has just changed. Nothing was charged. The next tap takes the new balance.',
  },
  'day-closed': {
    title: 'The day has just been closed',
    action: 'Please tap the card again',
    staff: 'The day was closed a moment ago. Nothing was charged. The next tap sells on the next date.',
  },
  'disk-full': {
    title: 'No payment for now',
    action: 'The machine is full, please ask the staff',
    staff:
      'The disk is full and the book cannot be written. Nothing was charged. Make room; selling resumes by itself.',
  },
  'book-read-only': {
    title: 'The book cannot be written',
    action: 'One moment please, the staff will look at it',
    staff: 'The disk has become read-only. Nothing was charged. Please call for support.',
  },
  'book-unavailable': {
    title: 'The book cannot be opened',
    action: 'One moment please, the staff is on it',
    staff:
      'The book cannot be opened now. Nothing was charged. It is tried again and again; call for support if it stays.',
  },
  'clock-to-confirm': {
    title: 'Checking the date',
    action: 'One moment please',
    staff: `The computer's date is far from the book's, so selling waits. Look at the date, then press "Confirm date".`,
  },
}
