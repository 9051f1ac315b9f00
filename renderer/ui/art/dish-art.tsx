import type { ReactNode } from 'react'
import type { Words } from '../../../shared/domain/menu.ts'
import { dishKind, type DishKind } from './dish-kind.ts'

/** Each dish as it lies in its bowl, seen from above: a few shapes in the colours of the food. */
const FOOD: Readonly<Record<DishKind, ReactNode>> = {
  fish: (
    <>
      <path
        className="fill-persimmon"
        d="M20 51c7-13 25-17 39-6l15-10c-3 7-3 16 1 24l-16-7c-13 12-31 11-39-1z"
      />
      <circle className="fill-ink" cx="32" cy="48" r="2.6" />
      <path className="thin" d="M42 43c4 5 4 11 0 16M51 42c4 6 4 12 0 17" />
    </>
  ),
  meat: (
    <>
      <rect className="fill-red" x="27" y="30" width="24" height="19" rx="6" transform="rotate(-12 39 40)" />
      <rect
        className="fill-persimmon"
        x="49"
        y="36"
        width="23"
        height="19"
        rx="6"
        transform="rotate(14 60 45)"
      />
      <rect className="fill-red" x="35" y="53" width="25" height="18" rx="6" transform="rotate(5 47 62)" />
      <path className="stroke-rice" d="M31 41l19-4M52 44l18 4M38 61l20 2" />
    </>
  ),
  egg: (
    <>
      <path
        className="fill-egg"
        d="M27 47c1-12 15-19 25-13 12-3 23 8 19 19 1 12-13 19-23 14-13 2-23-8-21-20z"
      />
      <path className="fill-red" d="M36 42c5-5 13-3 15 3-4 5-12 4-15-3zM53 58c4-6 12-6 15-1-3 6-11 7-15 1z" />
      <path className="thin" d="M44 59c-3 1-6 0-8-2" />
    </>
  ),
  tofu: (
    <>
      <rect className="fill-rice" x="29" y="31" width="20" height="18" rx="3" transform="rotate(-8 39 40)" />
      <rect className="fill-rice" x="52" y="34" width="20" height="18" rx="3" transform="rotate(10 62 43)" />
      <rect className="fill-rice" x="38" y="54" width="21" height="18" rx="3" transform="rotate(4 48 63)" />
      <path className="stroke-bamboo" d="M30 56l5-4M64 62l5 3M50 30l3-4" />
      <circle className="fill-red" cx="68" cy="58" r="3" />
      <circle className="fill-red" cx="31" cy="63" r="3" />
    </>
  ),
  greens: (
    <>
      <path
        className="fill-bamboo"
        d="M48 71c-18-4-25-19-20-34 14 1 22 13 20 34zM53 71c16-4 24-18 19-34-15 2-22 14-19 34z"
      />
      <path className="fill-celadon" d="M50 70c-9-12-8-28 1-40 9 12 9 28-1 40z" />
      <path className="thin" d="M50 70V44M45 62l-9-14M56 62l9-14" />
    </>
  ),
  pumpkin: (
    <>
      <path
        className="fill-amber"
        d="M25 60c2-18 15-29 31-28-3 14-10 28-31 28zM43 68c2-17 14-27 31-24-4 15-12 25-31 24z"
      />
      <path className="stroke-bamboo" d="M25 60c21 0 28-14 31-28M43 68c19 1 27-9 31-24" />
    </>
  ),
  rice: (
    <>
      <circle className="fill-rice" cx="50" cy="50" r="23" />
      <path
        className="stroke-wood"
        d="M41 42l4 3M55 39l-4 3M62 49l-4 2M40 54l4-1M50 61l1-4M58 58l-3-3M49 49l4 1M35 47l3 1"
      />
    </>
  ),
  soup: (
    <>
      <circle className="fill-celadon" cx="50" cy="50" r="24" />
      <path className="stroke-rice" d="M35 49c5-5 9 5 15 0s10 5 15 0M38 59c4-4 8 4 12 0s8 4 12 0" />
      <circle className="fill-bamboo" cx="44" cy="39" r="3.4" />
      <circle className="fill-persimmon" cx="57" cy="40" r="3.4" />
    </>
  ),
  noodles: (
    <>
      <circle className="fill-egg" cx="50" cy="50" r="24" />
      <path
        className="thin"
        d="M31 45c8-10 30-10 38 0M30 52c9-9 31-9 40 0M33 60c8-8 26-8 34 0M40 68c6-5 14-5 20 0"
      />
    </>
  ),
  bun: (
    <>
      <path className="fill-rice" d="M25 60c-2-18 12-30 25-30s27 12 25 30c-1 8-49 8-50 0z" />
      <path className="thin" d="M50 32v9M42 35l5 8M58 35l-5 8" />
    </>
  ),
  set: (
    <>
      <rect className="fill-rice" x="26" y="32" width="48" height="36" rx="6" />
      <path className="thin" d="M50 32v36M50 50h24" />
      <circle className="fill-persimmon" cx="38" cy="50" r="8" />
      <circle className="fill-bamboo" cx="62" cy="41" r="5" />
      <circle className="fill-egg" cx="62" cy="59" r="5" />
    </>
  ),
}

/** A dish in a celadon bowl; a dish nobody drew shows the first character of its name instead. */
export function DishArt({ name, tags }: { readonly name: Words; readonly tags: readonly string[] }) {
  const kind = dishKind(name, tags)
  return (
    <svg className="dish-art art" viewBox="0 0 100 100" aria-hidden="true">
      <circle className="fill-celadon" cx="50" cy="50" r="47" />
      <circle className="fill-celadon-light" cx="50" cy="50" r="38" />
      {kind === null ? <Character text={name.zh.slice(0, 1)} /> : FOOD[kind]}
      <circle className="rim" cx="50" cy="50" r="47" />
    </svg>
  )
}

const Character = ({ text }: { readonly text: string }) => (
  <text className="dish-character" x="50" y="52" textAnchor="middle" dominantBaseline="central">
    {text}
  </text>
)
