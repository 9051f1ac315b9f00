/** Short mono sounds as samples from -1 to 1: reading and writing WAV, trimming, levelling. Pure. */

export const SAMPLE_RATE = 22_050
/** Every clip's level: the root mean square of its samples, in decibels below full scale. */
export const TARGET_DECIBELS = -20
const TARGET_RMS = 10 ** (TARGET_DECIBELS / 20)
/** Nothing may be louder than this, so that nothing clips. */
const CEILING = 0.97
/** What is quieter than this share of the loudest sample counts as silence at either end. */
const SILENCE_SHARE = 0.02
const MARGIN_SAMPLES = Math.round(SAMPLE_RATE * 0.012)
const FADE_SAMPLES = Math.round(SAMPLE_RATE * 0.004)

/**
 * Reads a 16-bit mono PCM file; a length of zero or too much, as programs write into pipes, means up to the end.
 *
 * @param {Buffer} file
 * @returns {Float32Array}
 * @throws Error when it is anything else
 */
export function samplesOf(file) {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE')
    throw new Error('not a WAV file')
  let format = null
  for (let offset = 12; offset + 8 <= file.length;) {
    const kind = file.toString('latin1', offset, offset + 4)
    const length = file.readUInt32LE(offset + 4)
    const start = offset + 8
    if (kind === 'fmt ') format = formatAt(file, start)
    if (kind === 'data') {
      if (format !== `1/1/${SAMPLE_RATE}/16`)
        throw new Error(`a clip is 16-bit mono at ${SAMPLE_RATE} Hz, this is ${format}`)
      return decode(file.subarray(start, Math.min(file.length, start + length)))
    }
    offset = start + length + (length % 2)
  }
  throw new Error('a WAV file without sound')
}

const formatAt = (file, start) =>
  [
    file.readUInt16LE(start),
    file.readUInt16LE(start + 2),
    file.readUInt32LE(start + 4),
    file.readUInt16LE(start + 14),
  ].join('/')

function decode(bytes) {
  const samples = new Float32Array(Math.floor(bytes.length / 2))
  for (let index = 0; index < samples.length; index++) samples[index] = bytes.readInt16LE(index * 2) / 32_768
  return samples
}

/** @param {Float32Array} samples @returns {Buffer} a 16-bit mono WAV file */
export function wavOf(samples) {
  const file = Buffer.alloc(44 + samples.length * 2)
  file.write('RIFF', 0, 'latin1')
  file.writeUInt32LE(36 + samples.length * 2, 4)
  file.write('WAVEfmt ', 8, 'latin1')
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(SAMPLE_RATE, 24)
  file.writeUInt32LE(SAMPLE_RATE * 2, 28)
  file.writeUInt16LE(2, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36, 'latin1')
  file.writeUInt32LE(samples.length * 2, 40)
  samples.forEach((sample, index) =>
    file.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), 44 + index * 2),
  )
  return file
}

/** Root mean square of the samples, in decibels below full scale; -Infinity for silence. */
export const decibelsOf = (samples) => 20 * Math.log10(rms(samples))

function rms(samples) {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return samples.length === 0 ? 0 : Math.sqrt(sum / samples.length)
}

function peakOf(samples) {
  let peak = 0
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample))
  return peak
}

/** Cuts the silence off both ends, but for a short margin, and fades the cuts so that they do not click. */
export function trimmed(samples) {
  const threshold = peakOf(samples) * SILENCE_SHARE
  const first = samples.findIndex((sample) => Math.abs(sample) > threshold)
  if (first < 0) throw new Error('a clip without sound')
  const last = samples.findLastIndex((sample) => Math.abs(sample) > threshold)
  const cut = samples.slice(
    Math.max(0, first - MARGIN_SAMPLES),
    Math.min(samples.length, last + MARGIN_SAMPLES),
  )
  for (let index = 0; index < Math.min(FADE_SAMPLES, cut.length); index++) {
    cut[index] *= index / FADE_SAMPLES
    cut[cut.length - 1 - index] *= index / FADE_SAMPLES
  }
  return cut
}

/** Brings a clip to the common level. Peaks above the ceiling are bent, not cut, and the level is set again. */
export function levelled(samples) {
  let level = samples
  for (let round = 0; round < 6; round++) {
    const gain = TARGET_RMS / rms(level)
    level = level.map((sample) => bent(sample * gain))
    if (Math.abs(decibelsOf(level) - TARGET_DECIBELS) < 0.1) break
  }
  return level
}

function bent(sample) {
  const knee = 0.8
  const size = Math.abs(sample)
  if (size <= knee) return sample
  return Math.sign(sample) * (knee + (CEILING - knee) * Math.tanh((size - knee) / (CEILING - knee)))
}
