import type { Sender } from '#lib/mail/letter.ts'
import type { Issuer, OAuthContext, OAuthResult } from '#lib/oauth/context.ts'
import { type Destination, queryOf } from '../destination.ts'

export const senderOf = ({ issuer: { projectId, projectName, url, brand }, locale }: OAuthContext): Sender => ({
  projectId,
  projectName,
  issuerUrl: url,
  brand,
  locale,
})

/** The page of a mailed link: below the stored issuer, never below what a request called itself. */
export const linkTo = (issuer: Issuer, token: string, destination: Destination): string =>
  `${issuer.url}/email?${new URLSearchParams({ token, ...queryOf(destination) })}`

/** Back to the page of a mailed link, which says what was wrong. */
export const toLink = (issuer: Issuer, token: string, destination: Destination | null, error: string): OAuthResult => ({
  kind: 'interact',
  to: `${issuer.url}/email?${new URLSearchParams({ token, ...(destination ? queryOf(destination) : {}), error })}`,
  setCookies: [],
})
