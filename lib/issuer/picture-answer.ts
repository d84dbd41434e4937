import type { OAuthResult } from '#lib/oauth/context.ts'

export type KeptPicture = { readonly mediaType: string; readonly bytes: Buffer }

/** The hash of its bytes that a picture's URL ends with. */
export const hashIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

export const pictureOrNone = (picture: KeptPicture | null | undefined): OAuthResult =>
  picture ? { kind: 'picture', ...picture } : { kind: 'json', status: 404, body: { error: 'not_found' } }
