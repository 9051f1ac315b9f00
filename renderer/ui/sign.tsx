import './sign.css'

/** What kind of message this is. Each has its own shape, so that it is told apart without its colour. */
export type SignKind = 'act' | 'act-card' | 'wait' | 'stop' | 'good'

const octagon = '31,4 69,4 96,31 96,69 69,96 31,96 4,69 4,31'

/** A sign beside the words of a state: a shape, a mark and a colour that say the same. */
export function Sign({ kind }: { readonly kind: SignKind }) {
  return (
    <svg className={`sign sign-${kind}`} viewBox="0 0 100 100" aria-hidden="true" data-sign={kind}>
      {kind === 'act' && (
        <>
          <circle className="sign-ground" cx="50" cy="50" r="46" />
          <path className="sign-mark" d="M50 24v44M30 50l20 20 20-20" />
        </>
      )}
      {kind === 'act-card' && (
        <>
          <circle className="sign-ground" cx="50" cy="50" r="46" />
          <path
            className="sign-mark"
            d="M26 34h48a4 4 0 0 1 4 4v26a4 4 0 0 1-4 4H26a4 4 0 0 1-4-4V38a4 4 0 0 1 4-4zM24 46h52"
          />
        </>
      )}
      {kind === 'wait' && (
        <>
          <rect className="sign-ground" x="7" y="7" width="86" height="86" rx="24" />
          <path
            className="sign-mark"
            d="M32 24h36M32 76h36M36 24c0 18 28 18 28 26S36 58 36 76M64 24c0 18-28 18-28 26s28 8 28 26"
          />
        </>
      )}
      {kind === 'stop' && (
        <>
          <polygon className="sign-ground" points={octagon} />
          <path className="sign-mark" d="M50 24v32" />
          <circle className="sign-dot" cx="50" cy="74" r="6.5" />
        </>
      )}
      {kind === 'good' && (
        <>
          <circle className="sign-ground" cx="50" cy="50" r="46" />
          <path className="sign-mark" d="M27 52l16 17 31-37" />
        </>
      )}
    </svg>
  )
}
