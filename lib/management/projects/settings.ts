import type { UpdateProjectInput } from './inputs.ts'

export type ProjectSettings = {
  readonly registrationMode: 'guarded' | 'open' | 'off'
  readonly issParameter: boolean
  readonly signingAlgorithm: 'ES256' | 'RS256'
  readonly accessTokenTtlSeconds: number
  readonly refreshIdleSeconds: number
  readonly refreshAbsoluteSeconds: number
  readonly clientCredentials: boolean
  readonly tokenExchange: boolean
  readonly signUpOpen: boolean
  readonly offerAllScopes: boolean
}

export const settingsColumns = {
  registrationMode: true,
  issParameter: true,
  signingAlgorithm: true,
  accessTokenTtlSeconds: true,
  refreshIdleSeconds: true,
  refreshAbsoluteSeconds: true,
  clientCredentials: true,
  tokenExchange: true,
  signUpOpen: true,
  offerAllScopes: true,
} as const satisfies Readonly<Record<Exclude<keyof UpdateProjectInput, 'name'> | keyof ProjectSettings, true>>

type SettingsRow = Omit<ProjectSettings, 'registrationMode' | 'signingAlgorithm'> & { registrationMode: string; signingAlgorithm: string }

/** The database's CHECK constraints name the same words. */
export const settingsOf = (row: SettingsRow): ProjectSettings => ({
  ...row,
  registrationMode: row.registrationMode as ProjectSettings['registrationMode'],
  signingAlgorithm: row.signingAlgorithm as ProjectSettings['signingAlgorithm'],
})
