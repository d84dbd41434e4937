import { beforeAll, expect, it } from 'vitest'
import { outcomeOf, register } from './oauth-client.ts'
import { conformance } from './suite.ts'
import { REDIRECT_URI, type TestProject } from './target.ts'

conformance('the address of a client’s keys', (subject) => {
  let project: TestProject
  beforeAll(async () => {
    project = await subject.target.project()
    await register(project, { redirect_uris: [REDIRECT_URI] }) // notes when the secret was last used, at most once a minute
  })

  it.each([
    'http://keys.example.com/jwks.json',
    'https://10.0.0.1/jwks.json',
    'https://169.254.169.254/latest/meta-data',
    'https://2130706433/jwks.json',
    'https://[::ffff:10.0.0.1]/jwks.json',
    'https://[64:ff9b::a00:1]/jwks.json',
    'https://metadata.google.internal/jwks.json',
    'https://keys.local/jwks.json',
    'https://intranet/jwks.json',
    'https://keys.example.com:5432/jwks.json',
    'https://user:secret@keys.example.com/jwks.json',
    'file:///etc/passwd',
    'data:application/json,{"keys":[]}',
    'javascript:alert(1)',
    '//keys.example.com/jwks.json',
    '',
    42,
  ])('CI27 is bound by the rules of a client document’s: %j is invalid_client_metadata, and nothing is kept', async (jwks_uri) => {
    const before = await project.snapshot()
    const answer = await register(project, { redirect_uris: [REDIRECT_URI], token_endpoint_auth_method: 'private_key_jwt', jwks_uri })
    expect(outcomeOf(answer)).toBe('400 invalid_client_metadata')
    expect(await project.snapshot()).toBe(before)
  })
})
