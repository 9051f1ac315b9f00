import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { TrialStationContract } from '../../shared/contract/index.ts'

/** The station as the screens know it: the contract, nothing else. `trial` answers only in a trial station. */
export type StationClient = ContractRouterClient<TrialStationContract>

/** A client over one port. The port belongs to one run of the station; a restart brings a new one. */
export function clientOver(port: MessagePort): StationClient {
  const client: StationClient = createORPCClient(new RPCLink({ port }))
  port.start()
  return client
}
