import { checkRedirectUri, toAsciiRedirectUri } from '#lib/oauth/redirect-uri.ts'
import { invalid } from '../context.ts'

/** As browsers send them, each once. Throws `invalid` with a sentence per URI. */
export function checkedRedirectUris(uris: readonly string[]): string[] {
  const ascii = uris.map((uri) => toAsciiRedirectUri(uri) ?? uri)
  const problems = ascii.flatMap((uri, i) => {
    const problem = checkRedirectUri(uri)
    return problem === null ? [] : [[`redirectUris.${i}`, problem] as const]
  })
  if (problems.length > 0) throw invalid(Object.fromEntries(problems))
  return [...new Set(ascii)]
}

/** RFC 8252 §8.4: whoever returns anywhere but to an https URL is an app on somebody's machine. */
export const applicationTypeOf = (redirectUris: readonly string[]): 'native' | 'web' =>
  redirectUris.some((uri) => !uri.startsWith('https:')) ? 'native' : 'web'
