/** What one screen looks like, measured in the page itself. */
export interface Measured {
  /** Words that are smaller than they may be, as 'words: size'. */
  readonly small: readonly string[]
  readonly smallPrice: readonly string[]
  /** Words with too little contrast, as 'words: ratio'. */
  readonly weak: readonly string[]
  /** What can be touched and is too small. */
  readonly smallTargets: readonly string[]
  /** Words outside the window or cut by what holds them. */
  readonly cutOff: readonly string[]
  /** Words that lie over other words. */
  readonly overlapping: readonly string[]
  readonly scrolls: boolean
  readonly priceAt: { readonly top: number; readonly height: number } | null
  readonly signs: readonly string[]
  readonly trialMarks: readonly string[]
  readonly words: number
}

export interface Limits {
  readonly wordsPx: number
  readonly pricePx: number
  readonly targetPx: number
  readonly contrast: number
  /** Lists that may scroll: what they hide is not cut off. */
  readonly mayScroll: string
  /** What a touch meets where the control itself is smaller, or drawn by what is around it. */
  readonly around?: string
}

/** Runs inside the page: it may use nothing from outside itself. */
export function measureScreen(limits: Limits): Measured {
  interface Piece {
    readonly text: string
    readonly element: Element
    readonly box: DOMRect
  }
  const channel = (value: number): number => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }
  const numbersOf = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number)
  const luminance = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = numbersOf(colour)
    return 0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue)
  }
  const groundOf = (element: Element): string => {
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      // The ticket's paper is drawn by what lies behind its content; a dot that stands before words is no ground.
      for (const part of [null, '::before']) {
        const style = getComputedStyle(at, part)
        const [, , , alpha = 1] = numbersOf(style.backgroundColor)
        const isGround = part === null || (style.content !== 'none' && style.position === 'absolute')
        if (alpha === 1 && isGround) return style.backgroundColor
      }
    }
    return 'rgb(255, 255, 255)'
  }
  const contrastOf = (element: Element): number => {
    const [light = 0, dark = 0] = [
      luminance(getComputedStyle(element).color),
      luminance(groundOf(element)),
    ].toSorted((a, b) => b - a)
    return (light + 0.05) / (dark + 0.05)
  }
  const isShown = (element: Element): boolean =>
    element.checkVisibility() && element.closest('.visually-hidden, svg, dialog:not([open])') === null

  const covers = [...document.querySelectorAll('.waiting, dialog[open], .ant-modal-wrap')]
  const top = covers.at(-1) ?? document.body
  const pieces: Piece[] = []
  const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.nodeValue?.trim() ?? ''
    const element = node.parentElement
    if (text === '' || element === null || !isShown(element)) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    for (const box of range.getClientRects()) if (box.width > 0) pieces.push({ text, element, box })
  }

  const cutBy = (piece: Piece): boolean => {
    const { left, right, top: above, bottom } = piece.box
    for (let at = piece.element.parentElement; at !== null; at = at.parentElement) {
      if (limits.mayScroll !== '' && at.matches(limits.mayScroll)) return false
      const style = getComputedStyle(at)
      const cuts =
        style.overflowX !== 'visible' || at.matches('.ticket, .panel, .trial-part') || at === document.body
      if (!cuts) continue
      const box = at.getBoundingClientRect()
      // A line box may stand a little over its letters.
      if (left < box.left - 1 || right > box.right + 1 || above < box.top - 6 || bottom > box.bottom + 6)
        return true
    }
    return left < 0 || above < 0 || right > innerWidth || bottom > innerHeight
  }
  const isScrolled = (piece: Piece): boolean =>
    limits.mayScroll !== '' && piece.element.closest(limits.mayScroll) !== null
  const inset = ({ text, box }: Piece): { readonly text: string; readonly box: DOMRect } => ({
    text,
    box: new DOMRect(box.x + 2, box.y + box.height * 0.22, box.width - 4, box.height * 0.56),
  })
  const meet = (one: DOMRect, other: DOMRect): boolean =>
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom
  const overlapping: string[] = []
  pieces
    .filter((piece) => !isScrolled(piece))
    .map(inset)
    .forEach((one, index, all) => {
      for (const other of all.slice(index + 1))
        if (meet(one.box, other.box)) overlapping.push(`${one.text} / ${other.text}`)
    })
  const sizeOf = (element: Element): number => Number.parseFloat(getComputedStyle(element).fontSize)
  const isFigure = (element: Element): boolean =>
    element.closest('[data-role="price"]') !== null && !element.matches('.amount-unit')
  const price = document.querySelector('[data-role="price"]')?.getBoundingClientRect()
  return {
    small: pieces
      .filter(({ element }) => sizeOf(element) < limits.wordsPx - 0.01)
      .map(({ text, element }) => `${text}: ${sizeOf(element)}`),
    smallPrice: pieces
      .filter(({ element }) => isFigure(element) && sizeOf(element) < limits.pricePx)
      .map(({ text, element }) => `${text}: ${sizeOf(element)}`),
    weak: pieces
      .filter(({ element }) => contrastOf(element) < limits.contrast)
      .map(({ text, element }) => `${text}: ${contrastOf(element).toFixed(2)}`),
    smallTargets: [...top.querySelectorAll('button, input')]
      .filter((each) => {
        const touched = limits.around === undefined ? null : each.closest(limits.around)
        const box = (touched ?? each).getBoundingClientRect()
        return each.checkVisibility() && (box.width < limits.targetPx || box.height < limits.targetPx)
      })
      .map((each) => each.textContent || (each.getAttribute('aria-label') ?? each.className)),
    cutOff: pieces.filter(cutBy).map(({ text }) => text),
    overlapping,
    scrolls:
      document.documentElement.scrollHeight > innerHeight ||
      document.documentElement.scrollWidth > innerWidth,
    priceAt: price === undefined ? null : { top: Math.round(price.top), height: Math.round(price.height) },
    signs: [...document.querySelectorAll('[data-sign]')].map((sign) => sign.getAttribute('data-sign') ?? ''),
    trialMarks: [...document.querySelectorAll('.trial-ribbon')].map((mark) => mark.textContent ?? ''),
    words: pieces.length,
  }
}
