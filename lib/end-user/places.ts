/** Pages of an issuer that people sign in to for their own sake, without a client. A fixed set: no URL is ever taken from outside. */
const PLACES = ['account', 'connected-apps'] as const

export type Place = (typeof PLACES)[number]

/** Null for what names none. */
export const placeOf = (text: unknown): Place | null => PLACES.find((place) => place === text) ?? null
