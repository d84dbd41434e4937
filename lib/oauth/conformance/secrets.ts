/** Names of members whose values are credentials. */
const MEMBERS = [
  'access_token',
  'refresh_token',
  'client_secret',
  'request_uri',
  'registration_access_token',
  'id_token',
  'device_code',
  'user_code',
]

/** Remembers what a run minted, and finds it where it must not be. */
export function secretKeeper() {
  const kept = new Set<string>()
  const remember = (...secrets: readonly (string | null | undefined)[]): void => {
    for (const secret of secrets) if (secret && secret.length >= 8) kept.add(secret)
  }

  return {
    remember,

    /** What an answer gives away: tokens, secrets, codes, handles and cookies. */
    rememberAnswer(headers: Headers, body: string): void {
      if (headers.get('content-type')?.startsWith('application/json') && body.startsWith('{')) {
        const members = JSON.parse(body) as Record<string, unknown>
        for (const name of MEMBERS) if (typeof members[name] === 'string') remember(members[name])
      }
      const location = headers.get('location')
      if (location && URL.canParse(location)) {
        const { searchParams, pathname } = new URL(location)
        remember(searchParams.get('code'), searchParams.get('request'), /\/consent\/([^/]+)$/.exec(pathname)?.[1])
      }
      for (const cookie of headers.getSetCookie()) remember(/^[^=]+=([^;]*)/.exec(cookie)?.[1])
    },

    /** One sentence for each place that holds a secret, in one of the three forms it could have been written in. */
    leaksIn(places: Readonly<Record<string, string>>): string[] {
      return Object.entries(places).flatMap(([place, text]) =>
        [...kept]
          .filter((secret) => formsOf(secret).some((form) => text.includes(form)))
          .map((secret) => `${place} holds ${secret.slice(0, 12)}…`),
      )
    },
  }
}

/** A token's signature is what makes it one. Of base64 the first and the last characters depend on what stands around it. */
function formsOf(secret: string): string[] {
  const essence = secret.split('.').at(-1) ?? secret
  const base64 = [0, 1, 2].map((shift) => Buffer.from(essence.slice(shift)).toString('base64').replace(/=+$/, '').slice(0, -2))
  const base64url = base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_'))
  return [...new Set([secret, essence, encodeURIComponent(secret), ...base64, ...base64url])].filter((form) => form.length >= 8)
}
