import type { World } from '#lib/oauth/context.ts'
import { githubWay } from './github.ts'
import { openIdWay } from './openid.ts'
import type { Provider } from './provider.ts'
import type { UpstreamWay } from './way.ts'

export const wayOf = (provider: Provider, world: World): UpstreamWay =>
  provider.preset === 'github' ? githubWay(provider, world) : openIdWay(provider, world)
