import { conformance, part, type StandardGroup, unit } from './standard.ts'

export const others: StandardGroup = {
  id: 'others',
  title: 'OpenID Connect and webhooks',
  standards: [
    {
      id: 'openid-core',
      name: 'OpenID Connect Core 1.0',
      title: 'ID tokens and userinfo, for clients that want to know who it is',
      url: 'https://openid.net/specs/openid-connect-core-1_0.html',
      status: 'parts',
      does: [
        part(
          '§3.1 code flow',
          'An ID token, RS256 as §15.1 asks, when `openid` was asked for.',
          conformance('openid', 'comes with the code when openid was asked for'),
        ),
        part(
          '§3.1.2.1 prompt, max_age, nonce',
          '`none`, `login`, `consent` and `select_account`; `ui_locales` and `login_hint` too.',
          conformance('remembered-consent', 'gives a code for what is remembered, and asks nobody'),
        ),
        part(
          '§5.3 userinfo',
          'By GET and POST, with the token in the header.',
          conformance('openid', 'tells what was granted, like the id_token'),
        ),
        part(
          '§5.4 scopes',
          '`profile` (the name) and `email`, one box each on the consent page.',
          conformance('openid', 'are one box each but for openid, which goes along'),
        ),
      ],
      leaves: [
        '§3.2, §3.3 implicit and hybrid flow: removed by OAuth 2.1.',
        '§5.4 `address` and `phone`, §5.5 `claims`, §6 request objects, §8.1 pairwise subjects; `id_token_hint` and `acr_values` are ignored.',
        'Logout (front-channel, back-channel, RP-initiated): a session here is the issuer’s own.',
      ],
      switch: { setting: 'openidConnect', off: false },
    },
    {
      id: 'openid-discovery',
      name: 'OpenID Connect Discovery 1.0',
      title: 'The metadata at the address that OpenID clients ask',
      url: 'https://openid.net/specs/openid-connect-discovery-1_0.html',
      status: 'parts',
      does: [
        part(
          '§3, §4',
          'The same document as RFC 8414’s, with the members that §3 requires, whether OpenID Connect is on or not.',
          conformance('discovery', 'is the same, byte for byte, at its four addresses'),
        ),
        part('§3 promises', '`openid` is listed only where an ID token will come.', unit('metadata', 'promises no OpenID scope')),
      ],
      leaves: ['§2 WebFinger: MCP clients find the issuer through the MCP server.'],
      switch: null,
    },
    {
      id: 'standard-webhooks',
      name: 'Standard Webhooks',
      title: 'How events are signed and sent',
      url: 'https://www.standardwebhooks.com',
      status: 'whole',
      does: [
        part('Signature', 'HMAC-SHA256 over id, time and body; the published library verifies it.', {
          file: 'lib/webhooks/webhooks.test.ts',
          test: 'arrives once, signed so that the published library verifies it',
        }),
        part('Retries', 'Nine tries in two days, under one id.', {
          file: 'lib/webhooks/webhooks.test.ts',
          test: 'waits longer each time, up to a day',
        }),
        part('Rotation', 'Both secrets sign during an overlap.', {
          file: 'lib/webhooks/webhooks.test.ts',
          test: 'is signed for with both secrets during an overlap',
        }),
      ],
      leaves: ['Asymmetric signatures (`v1a`).'],
      switch: null,
    },
  ],
}
