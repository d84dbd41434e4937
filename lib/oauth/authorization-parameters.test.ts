import { describe, expect, it } from 'vitest'
import { AUTHORIZATION_PARAMETERS, checkedRequest, provenRedirectUri } from './authorization-parameters.ts'
import { issuerWith } from './conformance/issuer.ts'
import type { OAuthContext } from './context.ts'
import { Parameters } from './parameters.ts'
import type { Client } from './store.ts'

const REDIRECT_URI = 'https://client.example.com/cb'
const client = { clientId: 'c_1', redirectUris: [REDIRECT_URI], grantTypes: ['authorization_code'], scope: null } as unknown as Client
const GOOD = {
  ...{
    response_type: 'code',
    redirect_uri: REDIRECT_URI,
    state: 'x',
    scope: 'openid read',
    nonce: 'n',
    login_hint: 'a@example.com',
    max_age: '9',
  },
  ...{ code_challenge: 'A'.repeat(43), code_challenge_method: 'S256', dpop_jkt: 'A'.repeat(43), prompt: 'consent', response_mode: 'query' },
}

class Noting extends Parameters {
  readonly read = new Set<string>()
  override get(name: string): string | undefined {
    this.read.add(name)
    return super.get(name)
  }
  override all(name: string): readonly string[] {
    this.read.add(name)
    return super.all(name)
  }
}

describe('the parameters of an authorization request', () => {
  it('that are read are those that are kept of a pushed one, besides references, which cannot be pushed', () => {
    const issuer = issuerWith({ dpop: 'on', openidConnect: true, pushedRequests: true })
    const parameters = new Noting(new Map(Object.entries(GOOD).map(([name, value]) => [name, [value]])))
    expect(provenRedirectUri(parameters.get('redirect_uri'), client, issuer)).toBe(REDIRECT_URI)
    checkedRequest(parameters, client, REDIRECT_URI, { issuer } as OAuthContext)
    expect([...parameters.read].toSorted()).toEqual([...AUTHORIZATION_PARAMETERS, 'request', 'request_uri'].toSorted())
  })
})
