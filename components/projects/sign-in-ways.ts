import type { ProjectDetails } from '#lib/management/projects/get.ts'
import type { ListedProvider } from '#lib/management/upstream-providers/list.ts'

type Ways = Pick<ProjectDetails['settings'], 'signInPassword' | 'signInEmail' | 'signInPasskey' | 'handoffUrl'>

/** Whether the settings themselves say who signs users in: somebody has added a provider or a page of their own. */
export const isSaid = ({ handoffUrl }: Pick<Ways, 'handoffUrl'>, providers: readonly Pick<ListedProvider, 'enabled'>[]): boolean =>
  handoffUrl !== null || providers.some(({ enabled }) => enabled)

/** All ways that are on, in words: `Google, passwords`. Providers first: who has one, means it. */
export function signInWays(settings: Ways, providers: readonly Pick<ListedProvider, 'name' | 'enabled'>[]): string {
  const { signInPassword, signInEmail, signInPasskey, handoffUrl } = settings
  const ways = [
    ...(handoffUrl === null ? [] : ['your own page']),
    ...providers.filter(({ enabled }) => enabled).map(({ name }) => name),
    ...(signInPassword ? ['passwords'] : []),
    ...(signInEmail ? ['codes by e-mail'] : []),
    ...(signInPasskey ? ['passkeys'] : []),
  ]
  return ways.join(', ')
}
