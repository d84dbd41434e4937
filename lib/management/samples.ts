import { createClient } from './clients/create.ts'
import type { ManagementContext } from './context.ts'
import type { Setting } from './fixtures.ts'

/** For tests: an input of one operation that succeeds once in this setting. May be asked for many times there. */
export type Sample = {
  /** Makes what it names, as the setting's owner. */
  readonly input: (setting: Setting) => Promise<unknown>
  /** It names something by an id, which another project or organisation does not have. */
  readonly byId?: true
}

/** By the operation's id. */
export type Samples = Readonly<Record<string, Sample>>

/** A confidential client made by hand. */
export async function newClient(ctx: ManagementContext): Promise<string> {
  const { clientId } = await createClient(ctx, {
    name: 'Notes web',
    redirectUris: ['https://client.example.com/cb'],
    tokenEndpointAuthMethod: 'client_secret_basic',
  })
  return clientId
}
