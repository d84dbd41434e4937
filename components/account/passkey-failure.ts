/** What a browser throws when a passkey comes to nothing (WebAuthn Level 3 §5.1.3, §5.1.4), in a sentence. */
export function passkeyFailure(error: unknown): string {
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'AbortError':
      return 'Nothing was done: the browser was not given a passkey.'
    case 'InvalidStateError':
      return 'This device has a passkey of yours already.'
    case 'SecurityError':
      return 'Passkeys do not work at this address.'
    default:
      return 'The browser could not use a passkey.'
  }
}
