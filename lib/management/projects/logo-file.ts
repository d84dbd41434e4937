import { hasTooManyPixels, MAX_PIXELS, type PictureType, pictureIn } from '#lib/picture.ts'
import { invalid } from '../context.ts'

/** The most a logo may have, in bytes: it is drawn 48 pixels high. */
export const MAX_LOGO_BYTES = 256 * 1024

/** Throws `invalid` for what is no PNG, JPEG or WebP by its own bytes, and for what is too large. */
export function logoMediaType(file: Uint8Array): PictureType {
  if (file.byteLength === 0) throw invalid({ logo: 'Choose a file' })
  if (file.byteLength > MAX_LOGO_BYTES) throw invalid({ logo: 'At most 256 KB' })
  const picture = pictureIn(file)
  if (!picture) throw invalid({ logo: 'A PNG, JPEG or WebP picture' })
  if (hasTooManyPixels(picture)) throw invalid({ logo: `At most ${MAX_PIXELS} × ${MAX_PIXELS} pixels` })
  return picture.mediaType
}
