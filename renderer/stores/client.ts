import { createORPCClient, type ClientContext, type ClientLink } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { TrialStationContract } from '../../shared/contract/index.ts'

/** The station as the screens know it: the contract, nothing else. `trial` answers only in a trial station. */
export type StationClient = ContractRouterClient<TrialStationContract>

/** A client over one port. The port belongs to one run of the station; a restart brings a new one. */
export function clientOver(port: MessagePort): StationClient {
  const link: StationLink = new RPCLink({ port })
  const client: StationClient = createORPCClient(link)
  links.set(client, link)
  port.start()
  return client
}

export type StationLink = ClientLink<ClientContext>
const links = new WeakMap<StationClient, StationLink>()

/** The wire below a client; null for one that was not made here. */
export const linkBelow = (client: StationClient): StationLink | null => links.get(client) ?? null
