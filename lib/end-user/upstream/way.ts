import type { Profile } from './profile.ts'
import type { ProviderTokens } from './token-request.ts'

/** What we send along with a browser, and must find again in the answer. */
export type Departure = {
  readonly state: string
  readonly nonce: string
  /** RFC 7636 §4.1. */
  readonly codeVerifier: string
  readonly redirectUri: string
}

/** What the provider is to ask the person for. */
export type Wishes = {
  readonly loginHint: string | null
  /** The client wants a fresh sign-in. */
  readonly again: boolean
  /** Somebody is signed in here and wants to be somebody else. */
  readonly otherAccount: boolean
}

/** The parameters of a callback that count. */
export type Arrival = { readonly code: string | undefined; readonly iss: string | undefined; readonly error: string | undefined }

/** Who came back. `profile` asks the provider once more, so only for those who are new. */
export type Arrived = { readonly subject: string; readonly tokens: ProviderTokens; readonly profile: () => Promise<Profile> }

/** How to sign in with one provider. Each throws `ProviderFault`. */
export type UpstreamWay = {
  authorizationUrl(departure: Departure, wishes: Wishes): Promise<string>
  /** `now`: the database's. */
  identify(arrival: Arrival, departure: Departure, now: Date): Promise<Arrived>
  refresh(refreshToken: string): Promise<ProviderTokens>
}
