import { polyphonic } from 'pinyin-pro'
import { surnameOf } from '../../../shared/domain/surname.ts'

/** The readings of one character, the likeliest first, in small letters without tones; ü is v. */
export type Readings = readonly string[]

/**
 * Surnames that are read otherwise than the character elsewhere. The library knows them too, but only after it has built
 * its tables of phrases, which costs the station more memory than everything else about members.
 */
const SURNAMES: { readonly [surname: string]: string } = {
  乐: 'yue',
  缪: 'miao',
  解: 'xie',
  单: 'shan',
  於: 'yu',
  郗: 'xi',
  仇: 'qiu',
  薄: 'bo',
  能: 'nai',
  都: 'du',
  曾: 'zeng',
  查: 'zha',
  盖: 'ge',
  牟: 'mou',
  区: 'ou',
  朴: 'piao',
  繁: 'po',
  员: 'yun',
  句: 'gou',
  折: 'she',
  召: 'shao',
  郄: 'qie',
  六: 'lu',
  种: 'chong',
  冼: 'xian',
  黑: 'he',
  秘: 'bi',
  隗: 'wei',
  万俟: 'mo qi',
  尉迟: 'yu chi',
  澹台: 'tan tai',
  长孙: 'zhang sun',
  单于: 'chan yu',
  子车: 'zi ju',
  乐正: 'yue zheng',
  句龙: 'gou long',
}

const PARTS = /\p{Script=Han}|[\p{Script=Latin}\p{N}]+/gu

/** Spells names; each character is looked up once and its readings are shared by all who bear it. */
export class Speller {
  readonly #known = new Map<string, Readings>()

  /** Syllable by syllable; a word in Latin letters is one. Characters without a reading are left out. */
  syllablesOf(fullName: string): readonly Readings[] {
    const name = fullName.normalize('NFKC')
    const surname = surnameOf(name)
    const special = SURNAMES[surname]?.split(' ') ?? []
    const parts = name.match(PARTS) ?? []
    return parts
      .map((part, at) => this.#readings(part, special[at]))
      .filter((readings) => readings.length > 0)
  }

  #readings(part: string, first: string | undefined): Readings {
    const key = first === undefined ? part : `${part}=${first}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const usual = usualReadings(part)
    const readings = first === undefined ? usual : [first, ...usual.filter((reading) => reading !== first)]
    this.#known.set(key, readings)
    return readings
  }
}

function usualReadings(part: string): string[] {
  if (!/^\p{Script=Han}$/u.test(part)) return [part.toLowerCase()]
  const [readings = []] = polyphonic(part, { toneType: 'none', type: 'array', v: true })
  return readings.filter((reading) => /^[a-z]+$/.test(reading))
}
