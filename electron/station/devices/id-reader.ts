import type { IdCard } from '../../../shared/domain/id-card.ts'
import type { IdReaderConfig } from '../deps.ts'
import type { DeviceDeps, DeviceHandle } from './devices.ts'
import { Line } from './line.ts'
import type { LineAnswer } from './line-session.ts'
import { answerTo } from './poll-answer.ts'
import { Framer } from './protocols/framer.ts'
import { ID_READER_PROTOCOLS } from './protocols/index.ts'
import type { IdReaderProtocol } from './protocols/protocol.ts'

export interface IdCardListener {
  onIdCard(card: IdCard): void
}

/** An ID reader that answers nothing for this long has its port opened anew. */
const REOPEN_SILENT_MS = 10_000

/**
 * Opens an ID-card reader and keeps it open. What it reads goes to the listener and nowhere else: no byte of it is logged or
 * kept for support, and the buffer of a card is wiped before the next request (SPEC ME-8).
 */
export function openIdReader(
  deps: DeviceDeps,
  config: IdReaderConfig,
  listener: IdCardListener,
): DeviceHandle {
  const protocol: IdReaderProtocol = ID_READER_PROTOCOLS[config.protocol]
  let closed = false
  let answer: LineAnswer = 'wait'
  const framer = new Framer(protocol.grammar, (said) => {
    answer = answerTo(protocol.poll, said, answer)
    if (said.kind === 'idcard' && !closed) listener.onIdCard(said.card)
    else if (said.kind === 'error' && said.error !== 'checksum' && said.error !== 'no_card')
      framer.counters.refused += 1
  })
  const line = new Line(deps, {
    device: 'id-reader',
    port: config.port,
    settings: { ...protocol.line, ...config.line },
    poll: protocol.poll,
    personal: true,
    reopenAfterSilenceMs: REOPEN_SILENT_MS,
    deafAfterOpenMs: 0,
    onOpen: () => undefined,
    beforePoll: () => framer.reset(),
    onBytes: (bytes) => {
      answer = 'wait'
      framer.push(bytes)
      return answer
    },
    onDown: () => framer.reset(),
  })
  return {
    close: () => {
      closed = true
      framer.reset()
      return line.close()
    },
    status: () => ({
      protocol: config.protocol,
      port: line.path,
      state: null,
      connected: line.path !== null,
      problem: line.problem,
      counters: { ...line.counters, ...framer.counters },
    }),
    rawTail: () => line.rawTail(),
  }
}
