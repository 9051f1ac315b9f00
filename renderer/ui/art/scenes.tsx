import type { ReactNode } from 'react'

/** Larger pictures for what to do. All share one drawing board of 480 × 360. */
const Board = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <svg className="scene art" viewBox="0 0 480 360" aria-hidden="true" data-scene={name}>
    {children}
  </svg>
)

const Steam = ({ x, y }: { readonly x: number; readonly y: number }) => (
  <g transform={`translate(${x} ${y})`}>
    <path className="steam" d="M0 0c-12-14 12-24 0-40" />
    <path className="steam" d="M30-6c-12-14 12-24 0-40" />
    <path className="steam" d="M60 0c-12-14 12-24 0-40" />
  </g>
)

/** A counter scale, drawn from the front; its display shows a calm line, never a number. */
const Scale = () => (
  <g>
    <path className="fill-paper" d="M52 338h376" />
    <ellipse className="fill-paper" cx="240" cy="336" rx="186" ry="12" />
    <path className="fill-wood outlined" d="M118 252h244l26 70c3 8-2 14-10 14H102c-8 0-13-6-10-14z" />
    <path
      className="fill-sheet outlined"
      d="M176 282h128a8 8 0 0 1 8 8v20a8 8 0 0 1-8 8H176a8 8 0 0 1-8-8v-20a8 8 0 0 1 8-8z"
    />
    <path className="stroke-persimmon" d="M190 300h60" />
    <circle className="fill-bamboo" cx="290" cy="300" r="7" />
    <path className="line" d="M240 232v20" />
    <path
      className="fill-celadon-light outlined"
      d="M92 214h296c6 0 8 4 6 8-4 8-10 12-18 12H104c-8 0-14-4-18-12-2-4 0-8 6-8z"
    />
  </g>
)

/** A full plate seen from the side: rice, greens and a piece of fish. */
const Plate = () => (
  <g>
    <path className="fill-rice outlined" d="M150 178c4-40 34-60 66-54 26 4 44 24 48 54z" />
    <path className="stroke-wood" d="M190 152l7-5M214 144l8 3M236 158l6-6M204 166l8-2" />
    <path
      className="fill-bamboo outlined"
      d="M246 178c-8-26 4-46 24-54 8 22 2 42-10 54zM268 178c0-24 12-40 36-44 0 24-10 38-24 44z"
    />
    <path className="fill-persimmon outlined" d="M284 178c2-22 18-32 36-28 12 3 18 14 18 28z" />
    <path
      className="fill-celadon outlined"
      d="M112 178h256c6 0 9 4 7 9-8 17-22 27-42 27H147c-20 0-34-10-42-27-2-5 1-9 7-9z"
    />
    <path className="stroke-rice" d="M140 194h200" />
  </g>
)

/** Put the plate on the scale. */
export const PlaceScene = () => (
  <Board name="place">
    <Scale />
    <g className="beckon">
      <g transform="translate(0 -34)">
        <Plate />
        <Steam x={180} y={104} />
      </g>
    </g>
  </Board>
)

/** The plate rests on the scale. */
export const WeighScene = () => (
  <Board name="weigh">
    <Scale />
    <Plate />
    <Steam x={180} y={104} />
  </Board>
)

/** Take the plate away: it hovers beside an empty scale. */
export const TakeScene = () => (
  <Board name="take">
    <Scale />
    <g className="beckon">
      <g transform="translate(0 -52)">
        <Plate />
      </g>
    </g>
    <path className="stroke-persimmon" d="M408 190v-74M384 140l24-26 24 26" />
  </Board>
)

const Card = ({ children }: { readonly children?: ReactNode }) => (
  <g>
    <rect className="fill-persimmon outlined" x="130" y="52" width="220" height="138" rx="18" />
    <path className="fill-persimmon-light" d="M133 96h214v24H133z" />
    <rect className="fill-sheet outlined" x="152" y="136" width="72" height="34" rx="8" />
    <path className="thin" d="M166 153h44" />
    <path className="fill-rice outlined" d="M262 138h60c0 20-12 32-30 32s-30-12-30-32z" />
    {children}
  </g>
)

const Reader = () => (
  <g>
    <ellipse className="fill-paper" cx="240" cy="336" rx="170" ry="12" />
    <path className="fill-celadon outlined" d="M112 286h256l22 36c4 8 0 14-8 14H98c-8 0-12-6-8-14z" />
    <circle className="fill-bamboo" cx="344" cy="311" r="7" />
    <path className="line" d="M200 311a56 40 0 0 1 80 0M216 318a34 24 0 0 1 48 0" />
  </g>
)

/** Hold the card on the reader. */
export const CardScene = () => (
  <Board name="card">
    <Reader />
    <g className="beckon">
      <g transform="translate(0 34)">
        <Card />
      </g>
    </g>
  </Board>
)

/** Something is wrong with the card: a mark lies over it. */
export const CardTroubleScene = ({ mark }: { readonly mark: 'unknown' | 'lost' | 'two' }) => (
  <Board name={`card-${mark}`}>
    <Reader />
    {mark === 'two' ? (
      <>
        <g transform="rotate(-9 240 180) translate(-62 20)">
          <Card />
        </g>
        <g transform="rotate(8 240 180) translate(58 34)">
          <Card />
        </g>
      </>
    ) : (
      <g transform="translate(0 20)">
        <Card />
        <circle className="fill-sheet outlined" cx="350" cy="60" r="42" />
        {mark === 'unknown' ? (
          <>
            <path className="line" d="M336 50c0-20 30-20 30 0 0 12-16 12-16 24" />
            <circle className="fill-ink" cx="350" cy="85" r="4" />
          </>
        ) : (
          <path className="line" d="M334 44l32 32M366 44l-32 32" />
        )}
      </g>
    )}
  </Board>
)

/** An empty scale, for the scale's own troubles. */
export const ScaleScene = () => (
  <Board name="scale">
    <Scale />
    <path className="line" d="M210 120c0-40 60-40 60 0 0 24-30 24-30 48" />
    <circle className="fill-ink" cx="240" cy="190" r="5" />
  </Board>
)

/** The account book with its pen: the machine is seeing to the accounts. */
export const BookScene = () => (
  <Board name="book">
    <ellipse className="fill-paper" cx="240" cy="312" rx="180" ry="12" />
    <path className="fill-persimmon outlined" d="M74 96h332v206H74z" />
    <path
      className="fill-sheet outlined"
      d="M240 112c-30-24-90-28-146-18v188c56-10 116-6 146 18 30-24 90-28 146-18V94c-56-10-116-6-146 18z"
    />
    <path className="line" d="M240 112v188" />
    <path
      className="thin"
      d="M118 138c34-5 66-4 96 6M118 172c34-5 66-4 96 6M118 206c34-5 66-4 96 6M266 144c30-10 62-11 96-6M266 178c30-10 62-11 96-6"
    />
    <path className="fill-amber outlined" d="M392 130l26 18-74 108-34 18 6-38z" />
    <path className="line" d="M334 222l24 16" />
  </Board>
)

/** A bowl of hot soup: enjoy your meal. */
export const BowlScene = () => (
  <Board name="bowl">
    <ellipse className="fill-paper" cx="240" cy="330" rx="150" ry="12" />
    <Steam x={206} y={140} />
    <path className="fill-rice outlined" d="M122 186c20-34 60-44 90-38 24-16 66-12 84 8 30-2 52 10 62 30z" />
    <path className="fill-bamboo" d="M262 164c8-8 22-10 34-4-6 12-24 14-34 4z" />
    <path
      className="fill-persimmon outlined"
      d="M92 186h296c0 62-42 112-102 126v14H194v-14C134 298 92 248 92 186z"
    />
    <path className="stroke-rice" d="M128 216c10 34 36 58 68 70" />
    <path className="line" d="M330 160l96-78M348 168l92-62" />
  </Board>
)

/** Coins and a note: the rest is paid at the counter. */
export const CashScene = () => (
  <Board name="cash">
    <ellipse className="fill-paper" cx="240" cy="316" rx="180" ry="12" />
    <g transform="rotate(-8 220 200)">
      <rect className="fill-celadon outlined" x="76" y="120" width="276" height="148" rx="14" />
      <rect className="fill-celadon-light outlined" x="96" y="140" width="236" height="108" rx="8" />
      <circle className="fill-sheet outlined" cx="214" cy="194" r="36" />
      <path className="line" d="M200 178l14 16 14-16M214 194v20M200 200h28" />
    </g>
    <circle className="fill-amber outlined" cx="352" cy="256" r="54" />
    <circle className="line" cx="352" cy="256" r="38" />
    <path className="line" d="M338 240l14 16 14-16M352 256v22M338 264h28" />
  </Board>
)

const PIN_KEYS = [160, 206, 252].flatMap((y) => [194, 240, 286].map((x) => ({ x, y })))

/** A finger on a keypad: type the PIN. */
export const PinScene = () => (
  <Board name="pin">
    <ellipse className="fill-paper" cx="240" cy="334" rx="150" ry="12" />
    <rect className="fill-celadon outlined" x="146" y="52" width="188" height="276" rx="22" />
    <rect className="fill-sheet outlined" x="168" y="74" width="144" height="48" rx="12" />
    {[196, 225, 254, 283].map((x) => (
      <circle key={x} className="fill-ink" cx={x} cy="98" r="6" />
    ))}
    {PIN_KEYS.map(({ x, y }) => (
      <circle key={`${x} ${y}`} className="fill-sheet outlined" cx={x} cy={y} r="16" />
    ))}
    <circle className="fill-sheet outlined" cx="240" cy="298" r="16" />
    <g className="beckon">
      <path
        className="fill-egg outlined"
        d="M290 250c-10-12 6-26 18-14l44 46c10-12 28-10 36 2 8-8 24-4 28 8 14-2 20 10 16 24l-6 24h-84l-24-34z"
      />
    </g>
  </Board>
)

/** A cook who looks at it with her: she nods it through, or asks. */
export const StaffScene = ({ says }: { readonly says: 'yes' | 'question' }) => (
  <Board name={`staff-${says}`}>
    <ellipse className="fill-paper" cx="220" cy="338" rx="160" ry="12" />
    <path className="fill-celadon outlined" d="M108 334c0-64 44-96 104-96s104 32 104 96z" />
    <path className="fill-sheet outlined" d="M176 334l6-86c18 14 42 14 60 0l6 86z" />
    <circle className="fill-egg outlined" cx="212" cy="178" r="66" />
    <path
      className="fill-sheet outlined"
      d="M148 148c-30-14-28-62 8-66 12-34 90-38 106-4 40-2 50 52 16 70v20H148z"
    />
    <path className="line" d="M188 184v6M238 184v6M194 208c12 12 26 12 38 0" />
    <g className="beckon">
      <path
        className="fill-sheet outlined"
        d="M330 76h96c10 0 18 8 18 18v62c0 10-8 18-18 18h-70l-34 28 8-30c-10-2-16-8-16-16V94c0-10 6-18 16-18z"
      />
      {says === 'yes' ? (
        <path className="stroke-persimmon" d="M350 128l18 18 36-42" />
      ) : (
        <>
          <path className="line" d="M362 110c0-22 34-22 34 0 0 14-17 14-17 28" />
          <circle className="fill-ink" cx="379" cy="154" r="4.5" />
        </>
      )}
    </g>
  </Board>
)

/** A pan of food with its ladle: take what you like. */
export const PanScene = () => (
  <Board name="pan">
    <ellipse className="fill-paper" cx="240" cy="328" rx="190" ry="12" />
    <Steam x={140} y={128} />
    <path className="fill-amber outlined" d="M86 206c16-34 62-46 96-34 22-22 74-26 98-2 34-14 92-2 114 36z" />
    <path className="fill-bamboo outlined" d="M196 196c4-22 22-32 44-30-2 20-18 32-44 30z" />
    <path className="fill-persimmon outlined" d="M286 200c4-20 22-28 42-22-2 18-18 26-42 22z" />
    <path className="fill-celadon outlined" d="M58 206h364l-22 98c-3 12-10 18-22 18H102c-12 0-19-6-22-18z" />
    <path className="stroke-rice" d="M92 232h296" />
    <g className="beckon">
      <path className="line" d="M432 40L306 150" />
      <path className="fill-wood outlined" d="M262 130c24-6 52 10 56 34-28 18-66 4-56-34z" />
    </g>
  </Board>
)
