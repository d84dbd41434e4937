import type { ProjectDetails } from '#lib/management/projects/get.ts'
import type { ListedProvider } from '#lib/management/upstream-providers/list.ts'
import type { Entry, Switch } from '#lib/oauth/reference/entry.ts'
import { type FoundSetting, settingNamed } from '../settings/setting-index.ts'

type Settings = ProjectDetails['settings']
type Providers = readonly Pick<ListedProvider, 'enabled' | 'keepTokens'>[]

/** What this project has on of what endpoints need. */
export const switchesOf = (settings: Settings, providers: Providers): Readonly<Record<Switch, boolean>> => ({
  registrationMode: settings.registrationMode !== 'off',
  clientCredentials: settings.clientCredentials,
  tokenExchange: settings.tokenExchange,
  enterpriseAuthorization: settings.enterpriseAuthorization,
  workloadIdentity: settings.workloadIdentity,
  pushedRequests: settings.pushedRequests,
  deviceGrant: settings.deviceGrant,
  openidConnect: settings.openidConnect,
  handoffUrl: settings.handoffUrl !== null,
  keepTokens: providers.some(({ keepTokens }) => keepTokens),
})

/** Where each is switched on. */
export const settingFor = (needed: Switch): FoundSetting => settingNamed(needed === 'keepTokens' ? 'providers' : needed)

export const isOn = ({ needs }: Entry, switches: Readonly<Record<Switch, boolean>>): boolean => needs === undefined || switches[needs]
