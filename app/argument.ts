import { notFound } from 'next/navigation'

/** A bound argument of a server action comes back from the browser and may be anything: what is no word names nothing. */
export function word(argument: unknown): string {
  if (typeof argument !== 'string') notFound()
  return argument
}
