/**
 * Draws characters that receipt printers' own fonts may lack as squares of 24 dots, from Noto Sans
 * CJK SC as the system's package has it, into electron/station/printing/rare-glyphs.json. Run by hand after a change of the
 * font: `node electron/setup/rare-glyphs.mjs`.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { startVirtualDisplay } from './display.mjs'
import { projectFolder } from './places.mjs'
import { electronExecutable, launchArguments } from './runtime.mjs'

const FONT = 'Noto Sans CJK SC'
/** CJK extension A, and what joined the basic block late. */
const RANGES = [
  [0x3400, 0x4dbf],
  [0x9fa6, 0x9fff],
]
/** Of the further extensions those of the table of characters in common use (通用规范汉字表). */
const OTHERS =
  '𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶' +
  '𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚈𫚉𫚒𫚔𫚕𫚖𫚙𫚛𫚭𫛞𫛭𫞩𫟄𫟅𫟆𫟇𫟈𫟦𫟷𫟹𫟼𫠆𫠊𫠜𫢸𫧃𫧯𫪁𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤' +
  '𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊' +
  '𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓'

/** Draws in a hidden window and writes what came of it beside itself. */
const MAIN = (work) => `const { app, BrowserWindow } = require('electron')
const { writeFileSync } = require('node:fs')
const { join } = require('node:path')
app.whenReady().then(async () => {
  const window = new BrowserWindow({ show: false })
  await window.loadFile(join(__dirname, 'page.html'))
  writeFileSync(join(__dirname, 'found.json'), JSON.stringify(await window.webContents.executeJavaScript(${JSON.stringify(work)})))
  app.quit()
})`

/** In the page: every character of the ranges that the font has, as its code point and 24 columns of three bytes. */
function drawAll({ font, ranges, others }) {
  const DOTS = 24
  const canvas = document.createElement('canvas')
  canvas.width = DOTS
  canvas.height = DOTS
  const context = canvas.getContext('2d', { willReadFrequently: true })
  context.font = `${DOTS - 1}px "${font}"`
  context.textBaseline = 'alphabetic'
  const draw = (text) => {
    context.fillStyle = 'white'
    context.fillRect(0, 0, DOTS, DOTS)
    context.fillStyle = 'black'
    context.fillText(text, 0.5, 20)
    const { data } = context.getImageData(0, 0, DOTS, DOTS)
    const columns = []
    for (let x = 0; x < DOTS; x += 1)
      for (let top = 0; top < DOTS; top += 8) {
        let byte = 0
        for (let y = top; y < top + 8; y += 1) byte = (byte << 1) | (data[4 * (y * DOTS + x)] < 150 ? 1 : 0)
        columns.push(byte)
      }
    return columns
  }
  // What the font draws for a character that it has not; an empty square is none either.
  const missing = new Set([0x10_fffd, 0xe123, 0x20].map((code) => String(draw(String.fromCodePoint(code)))))
  const codes = ranges.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index),
  )
  return [...codes, ...Array.from(others, (character) => character.codePointAt(0))]
    .map((code) => [code, ...draw(String.fromCodePoint(code))])
    .filter(([, ...columns]) => !missing.has(String(columns)))
}

const folder = mkdtempSync(join(tmpdir(), 'canteen-glyphs-'))
writeFileSync(
  join(folder, 'main.cjs'),
  MAIN(`(${String(drawAll)})(${JSON.stringify({ font: FONT, ranges: RANGES, others: OTHERS })})`),
)
writeFileSync(join(folder, 'page.html'), '<!doctype html><title>glyphs</title>')
writeFileSync(join(folder, 'package.json'), '{ "name": "glyphs", "version": "0.0.1", "main": "main.cjs" }')
const display = process.env.DISPLAY ? null : await startVirtualDisplay(() => undefined)
execFileSync(electronExecutable(), [folder, ...launchArguments()], {
  stdio: ['ignore', 'ignore', 'inherit'],
  env: { ...process.env, ...(display === null ? {} : { DISPLAY: display.display }) },
})
const found = JSON.parse(readFileSync(join(folder, 'found.json'), 'utf8'))
display?.stop()
rmSync(folder, { recursive: true, force: true })

const codes = found.map(([code]) => code)
const bytes = Uint8Array.from(
  found.flatMap(([code, ...columns]) => [code >> 16, (code >> 8) & 0xff, code & 0xff, ...columns]),
)
const file = {
  font: `${FONT}, SIL Open Font License 1.1`,
  form: 'gzip of, for each: code point in three bytes, 24 columns from the left of three bytes from the top',
  count: codes.length,
  glyphs: gzipSync(bytes, { level: 9 }).toString('base64'),
}
writeFileSync(
  join(projectFolder, 'electron', 'station', 'printing', 'rare-glyphs.json'),
  `${JSON.stringify(file, null, 2)}\n`,
)
process.stdout.write(`${codes.length} characters, ${file.glyphs.length} characters of base64\n`)
