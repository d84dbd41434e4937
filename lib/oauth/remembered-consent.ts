import type { Issuer } from './context.ts'
import { sha256Hex } from './hash.ts'
import { pinnedUrls } from './pinned-documents.ts'
import type { AuthorizationRequest, Client } from './store.ts'

type Asked = Pick<AuthorizationRequest, 'redirectUri' | 'resources' | 'deviceCodeHash'>

/**
 * Where a person's answer may be remembered: SHA-256 of redirect URI and resources, hex; null where they are asked each time.
 * RFC 8252 §8.6: only where it is assured who gets the code. So never for what a device or a program on this machine asks, nor for a
 * client that registered itself: the registration secret vouches for whoever registers, not for the name and the address it gives.
 */
export function placeToRemember(client: Client, { redirectUri, resources, deviceCodeHash }: Asked, issuer: Issuer): string | null {
  if (deviceCodeHash !== null || !isVouchedFor(client, issuer) || !leavesThisMachine(redirectUri)) return null
  return sha256Hex(JSON.stringify([redirectUri, ...[...resources].sort()]))
}

/** Made by a member; or the web application of a host that the project lists, or of one whose document came with us. */
function isVouchedFor({ source, clientId, applicationType }: Client, { documentPolicy }: Issuer): boolean {
  if (source === 'manual') return true
  return source === 'document' && applicationType === 'web' && (documentPolicy === 'allow-list' || pinnedUrls.includes(clientId))
}

/** `https://localhost` is as much anybody's as `http://127.0.0.1`. */
const leavesThisMachine = (redirectUri: string): boolean =>
  redirectUri.startsWith('https:') && !/(?:^|\.)localhost$/.test(new URL(redirectUri).hostname)
