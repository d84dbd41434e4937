import type { Tone } from '../ui/badge.tsx'

/** What a method does to things, as a colour. */
export const METHOD_TONES: Readonly<Record<string, Tone>> = { GET: 'neutral', POST: 'good', PUT: 'warn', PATCH: 'warn', DELETE: 'bad' }
