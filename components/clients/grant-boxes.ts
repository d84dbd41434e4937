/** Ways to get a token that a form offers, one box each. */
export const GRANT_BOXES = [
  {
    name: 'authorizationCode',
    grant: 'authorization_code',
    label: 'People sign in',
    hint: 'Authorization code with PKCE, and refresh tokens.',
  },
  {
    name: 'deviceCode',
    grant: 'urn:ietf:params:oauth:grant-type:device_code',
    label: 'People sign in on another device',
    hint: 'Device code, for what has no browser. Counts only while the project has it on.',
  },
  {
    name: 'clientCredentials',
    grant: 'client_credentials',
    label: 'The client on its own behalf',
    hint: 'Client credentials: no user, needs a secret or a key.',
  },
] as const
