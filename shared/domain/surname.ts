import { sexOf } from './id-number.ts'

/** Surnames of two characters; everybody else's is the first one. */
const COMPOUND = new Set(
  (
    '欧阳 司马 上官 诸葛 司徒 夏侯 东方 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 司空 端木 轩辕 南宫 独孤 呼延 东郭 百里 西门 ' +
    '万俟 闻人 赫连 公羊 澹台 公冶 宗政 濮阳 淳于 单于 太叔 申屠 仲孙 钟离 鲜于 闾丘 亓官 司寇 子车 颛孙 巫马 公西 漆雕 ' +
    '乐正 壤驷 公良 拓跋 夹谷 宰父 榖梁 段干 南门 羊舌 梁丘 左丘 东门 句龙 第五 完颜 叶赫 纳兰 欧陽'
  ).split(' '),
)

const HAN = /^\p{Script=Han}/u

/** The surname of a Chinese name: its first character, or two; the first word of any other name. */
export function surnameOf(fullName: string): string {
  const name = fullName.trim()
  if (!HAN.test(name) || /[·•・]/.test(name)) return name.split(/[\s·•・]+/)[0] ?? name
  const characters = Array.from(name)
  const two = characters.slice(0, 2).join('')
  // A name is at least one character longer than its surname: 欧阳 alone is a 欧 with the given name 阳.
  return characters.length > 2 && COMPOUND.has(two) ? two : (characters[0] ?? '')
}

/**
 * How the counter greets her before everybody, where nobody chose other words: the surname alone tells no stranger who she
 * is. The identity number knows whether she is a 阿姨 or a 伯伯. Without one it is 老师: respectful, for women and men alike,
 * and a wrong guess would hurt more than a word that is a little too polite.
 */
export function formOfAddressOf(fullName: string, idNumber: string | null): string {
  const word = idNumber === null ? '老师' : sexOf(idNumber) === 'female' ? '阿姨' : '伯伯'
  return `${surnameOf(fullName)}${word}`
}
