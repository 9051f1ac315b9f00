/** Only files of this application: no inline script or style, no frame, no other host (SPEC SE-2). */
export const CONTENT_SECURITY_POLICY = policyWith("style-src 'self'")

function policyWith(styles: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    styles,
    "font-src 'self'",
    "img-src 'self' data:",
    "media-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Where a page wants this load's own nonce to stand. */
const NONCE_PLACE = '{{style-nonce}}'

export interface GuardedPage {
  readonly html: string
  readonly policy: string
}

/**
 * A page with its policy. The office's components write their styles while they run; a page that has a place for a nonce
 * gets a new one with each load, and only style elements that carry it count. Any other page gets none.
 *
 * @param nonce unguessable, made for this answer alone
 */
export function guardPage(html: string, nonce: string): GuardedPage {
  if (!html.includes(NONCE_PLACE)) return { html, policy: CONTENT_SECURITY_POLICY }
  return {
    html: html.replaceAll(NONCE_PLACE, nonce),
    policy: policyWith(`style-src 'self' 'nonce-${nonce}'`),
  }
}
