/**
 * Sets out for a provider's sign-in page, by the door next-auth has for it: its token against forged requests first, then the address to go
 * to. As a form the way there would be barred: `form-action` allows this origin alone. Throws when the server does not answer.
 */
export async function goToProvider(provider: string, callbackUrl: string): Promise<void> {
  const { csrfToken } = (await (await fetch('/api/auth/csrf')).json()) as { csrfToken: string }
  const answer = await fetch(`/api/auth/signin/${provider}`, {
    method: 'POST',
    body: new URLSearchParams({ csrfToken, callbackUrl, json: 'true' }),
  })
  const { url } = (await answer.json()) as { url: string }
  window.location.assign(url)
}
