import type { OAuthContext, OAuthRequest, OAuthResult } from '../context.ts'
import { invalidRequest, unauthorizedClient, unsupportedGrantType } from '../errors.ts'
import type { Parameters } from '../parameters.ts'
import { unverifiedType } from '../signed-jwt.ts'
import { ID_JAG_TYPE, idJag } from './id-jag.ts'
import { workload } from './workload.ts'

/**
 * RFC 7523 §2.1, in the two profiles that a project may switch on: ID-JAG, by which a company's identity provider vouches for its
 * people, and workload identity, by which a platform vouches for its programs. The header's `typ` says which one it is; where only
 * one of them is on, everything is read as that.
 */
export async function jwtBearer(parameters: Parameters, request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  const { enterpriseAuthorization, workloadIdentity } = ctx.issuer
  if (!enterpriseAuthorization && !workloadIdentity) throw unsupportedGrantType()
  const assertion = parameters.get('assertion')
  if (!assertion) throw invalidRequest('assertion is missing')

  if (!workloadIdentity) return idJag(assertion, parameters, request, ctx)
  if (unverifiedType(assertion) !== ID_JAG_TYPE) return workload(assertion, parameters, request, ctx)
  if (!enterpriseAuthorization) throw unauthorizedClient({ kind: 'switched_off' })
  return idJag(assertion, parameters, request, ctx)
}
