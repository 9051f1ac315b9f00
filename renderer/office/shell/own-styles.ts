interface ElementMaker {
  readonly createElement: (name: string, options?: ElementCreationOptions) => HTMLElement
}

/**
 * The content security policy takes style elements only with the nonce that this page was served with. The office's
 * components make theirs by `createElement`, not all of them with a nonce; markup that comes from data cannot, and stays
 * refused (SPEC SE-2).
 */
export function admitOwnStyles(page: Document): void {
  const nonce = page.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce
  if (nonce === undefined || nonce === '') return
  const { createElement }: ElementMaker = page
  const admitting = (name: string, options?: ElementCreationOptions): HTMLElement => {
    const element = createElement.call(page, name, options)
    if (element instanceof HTMLStyleElement) element.nonce = nonce
    return element
  }
  Object.assign(page, { createElement: admitting })
}
