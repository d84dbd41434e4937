import type { z } from 'zod'
import type { Brand, Issuer } from '#lib/oauth/context.ts'
import type { UpdateProjectInput, updateProjectInput } from './inputs.ts'

export const settingsColumns = {
  registrationMode: true,
  issParameter: true,
  signingAlgorithm: true,
  accessTokenTtlSeconds: true,
  refreshIdleSeconds: true,
  refreshAbsoluteSeconds: true,
  keyRotationDays: true,
  auditRetentionDays: true,
  clientCredentials: true,
  tokenExchange: true,
  signUpOpen: true,
  offerAllScopes: true,
  documentPolicy: true,
  documentHosts: true,
  privateUseSchemes: true,
  allowedOrigins: true,
  tokenType: true,
  offlineAccessRequired: true,
  enterpriseAuthorization: true,
  workloadIdentity: true,
  pushedRequests: true,
  dpop: true,
  deviceGrant: true,
  openidConnect: true,
  signInPassword: true,
  signInEmail: true,
  signInPasskey: true,
  handoffUrl: true,
  claimMappings: true,
  accentColor: true,
  supportUrl: true,
  policyUrl: true,
  termsUrl: true,
} as const satisfies Readonly<Record<Exclude<keyof UpdateProjectInput, 'name'>, true>>

type Column = keyof typeof settingsColumns

/** As the issuer has them; the ways to sign in and the brand stand in it by other names. */
export type ProjectSettings = Pick<Issuer, Extract<Column, keyof Issuer>> &
  Pick<Brand, Extract<Column, keyof Brand>> & {
    readonly signInPassword: boolean
    readonly signInEmail: boolean
    readonly signInPasskey: boolean
    readonly handoffUrl: string | null
    readonly keyRotationDays: number | null
    readonly auditRetentionDays: number | null
  }

type Words = 'registrationMode' | 'signingAlgorithm' | 'documentPolicy' | 'tokenType' | 'dpop'
type Lists = 'documentHosts' | 'allowedOrigins' | 'claimMappings'
type SettingsRow = Omit<ProjectSettings, Words | Lists> & Record<Words | Lists, string>

/** The database's CHECK constraints name the same words. */
export const settingsOf = (row: SettingsRow): ProjectSettings => ({
  ...row,
  registrationMode: row.registrationMode as ProjectSettings['registrationMode'],
  signingAlgorithm: row.signingAlgorithm as ProjectSettings['signingAlgorithm'],
  documentPolicy: row.documentPolicy as ProjectSettings['documentPolicy'],
  tokenType: row.tokenType as ProjectSettings['tokenType'],
  dpop: row.dpop as ProjectSettings['dpop'],
  documentHosts: JSON.parse(row.documentHosts) as string[],
  allowedOrigins: JSON.parse(row.allowedOrigins) as string[],
  claimMappings: JSON.parse(row.claimMappings) as ProjectSettings['claimMappings'],
})

type Wanted = z.output<typeof updateProjectInput>

/** As columns: lists are JSON text. */
export const columnsOf = ({ documentHosts, allowedOrigins, claimMappings, ...wanted }: Wanted) => ({
  ...wanted,
  ...(documentHosts ? { documentHosts: JSON.stringify([...new Set(documentHosts)]) } : {}),
  ...(allowedOrigins ? { allowedOrigins: JSON.stringify([...new Set(allowedOrigins)]) } : {}),
  ...(claimMappings ? { claimMappings: JSON.stringify(claimMappings) } : {}),
})
