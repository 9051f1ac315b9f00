const HTML = 'http://www.w3.org/1999/xhtml'

/**
 * The content security policy takes style elements only with the nonce that this page was served with. The office's
 * components make theirs by `createElement`, not all of them with a nonce; markup that comes from data cannot, and stays
 * refused (SPEC SE-2).
 */
export function admitOwnStyles(page: Document): void {
  const nonce = page.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce
  if (nonce === undefined || nonce === '') return
  const createElement = (name: string): HTMLElement => {
    const element = page.createElementNS(HTML, name.toLowerCase())
    if (element instanceof HTMLStyleElement) element.nonce = nonce
    return element
  }
  Object.assign(page, { createElement })
}
