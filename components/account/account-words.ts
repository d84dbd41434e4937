/** What a page says when one comes back to it: `done` and `problem` stand in its address. Anything else says nothing. */

const DONE: Readonly<Record<string, string>> = {
  reset: 'Your password is changed, and every session ended. Log in with the new one.',
  email: 'Your address is confirmed.',
  ended: 'You were signed out: your session ended, or was ended from elsewhere. Log in to go on where you were.',
  linked: 'Linked. You can sign in this way from now on.',
  confirmed: 'Thank you: repeat what you were about to do.',
}

const NAMES: Readonly<Record<string, string>> = { github: 'GitHub', google: 'Google' }

export const doneWords = (done: string | undefined): string | null => (done === undefined ? null : (DONE[done] ?? null))

/** `error`: what next-auth says of itself, which is for the log. */
export function problemWords({ problem, provider, error }: Partial<Record<'problem' | 'provider' | 'error', string>>): string | null {
  const name = NAMES[provider ?? ''] ?? 'the provider'
  switch (problem) {
    case 'address_taken':
      return `This address has an account already, which ${name} does not open by itself. Log in as you did before, then link ${name} on your profile.`
    case 'no_address':
      return `We got no verified address from ${name}. Verify one there, or sign up with a password.`
    case 'linked_elsewhere':
      return `Whoever you are at ${name} is linked to another account here.`
    case 'not_recent':
      return 'Too much time has passed since you proved who you are. Link it once more.'
    default:
      return error === undefined ? null : errorWords(error)
  }
}

const errorWords = (error: string): string =>
  error === 'too_many_requests' ? 'Too many attempts, try again later.' : 'Signing in did not work. Nothing was changed: try again.'
