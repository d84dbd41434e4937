import type { ExternalIdentity } from './store.ts'
import type { TrustedToken } from './trusted-token.ts'

/**
 * Who somebody else says it is about: `iss` and `sub`, and `tenant` where an issuer has several, since then only all three together
 * name one person. Its e-mail address counts where the project links by it, the issuer has verified it, and it is plain ASCII:
 * another spelling of somebody's address must not become that address by being normalised.
 */
export function externalIdentityOf({ trusted, subject, claims }: TrustedToken): ExternalIdentity {
  const { tenant, email, email_verified: verified } = claims
  const links = trusted.linkByEmail && verified === true && typeof email === 'string' && /^[\x21-\x7e]+$/.test(email)
  return {
    issuer: trusted.issuer,
    subject: tenant === undefined ? subject : JSON.stringify([tenant, subject]),
    email: links ? email : null,
  }
}
