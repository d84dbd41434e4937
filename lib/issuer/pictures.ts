import { OutboundRefused } from '#lib/outbound/refused.ts'
import { hasTooManyPixels, type PictureType, pictureIn } from '#lib/picture.ts'
import type { Caller, ProjectFetch } from './outbound-throttle.ts'
import { singleFlight } from './single-flight.ts'

/** It is drawn 40 pixels high, on a page that somebody waits for. */
export const MAX_PICTURE_BYTES = 64 * 1024

/** Why there is no picture, as far as the client's owner may be told: which address we would not go to is not said. */
export type PictureFailure = 'unreachable' | 'status' | 'too_large' | 'no_picture' | 'too_many_pixels'

export type ReadPicture =
  | { readonly kind: 'read'; readonly mediaType: PictureType; readonly bytes: Buffer }
  | { readonly kind: 'failed'; readonly failure: PictureFailure }
  /** Too much is being fetched: nothing was learned of this one. */
  | { readonly kind: 'postponed' }

/** What strangers show as their picture. Nothing is kept here; of many readers at once one asks. */
export function pictureReader(fetch: ProjectFetch) {
  const reading = singleFlight<ReadPicture>()
  return (url: string, caller: Caller): Promise<ReadPicture> => reading.run(url, () => readPicture(url, fetch, caller))
}

async function readPicture(url: string, fetch: ProjectFetch, caller: Caller): Promise<ReadPicture> {
  try {
    const { status, body } = await fetch(url, { maxBytes: MAX_PICTURE_BYTES, accept: 'image/webp, image/png, image/jpeg' }, caller)
    return status === 200 ? judged(body) : failed('status')
  } catch (error) {
    if (!(error instanceof OutboundRefused)) throw error
    if (error.kind === 'too_many') return { kind: 'postponed' }
    return failed(error.kind === 'too_large' ? 'too_large' : 'unreachable')
  }
}

function judged(bytes: Buffer): ReadPicture {
  const picture = pictureIn(bytes)
  if (!picture) return failed('no_picture')
  if (hasTooManyPixels(picture)) return failed('too_many_pixels')
  return { kind: 'read', mediaType: picture.mediaType, bytes }
}

const failed = (failure: PictureFailure): ReadPicture => ({ kind: 'failed', failure })
