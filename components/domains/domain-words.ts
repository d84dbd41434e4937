import type { ListedDomain } from '#lib/management/domains/list.ts'
import type { Tone } from '../ui/badge.tsx'

type Problem = NonNullable<ListedDomain['problem']>

/** What a look found, and what to do about it. */
export const PROBLEMS: Readonly<Record<Problem, { readonly found: string; readonly next: string }>> = {
  record_missing: {
    found: 'No record is there yet',
    next: 'Nothing was found at this name. New records take from seconds to an hour to be seen everywhere.',
  },
  record_wrong: {
    found: 'The record says something else',
    next: 'A TXT record is there, but not with this value. Compare them letter by letter, without quotes around it.',
  },
  no_answer: {
    found: 'The DNS did not answer',
    next: 'Nobody could be asked, which says nothing about the record. It is tried again by itself.',
  },
}

/** A host's state in a badge. */
export function stateOf({ verified, problem }: ListedDomain): { readonly label: string; readonly tone: Tone } {
  if (verified)
    return problem === null || problem === 'no_answer' ? { label: 'Verified', tone: 'good' } : { label: 'Record missing', tone: 'bad' }
  return { label: 'Waiting for the record', tone: 'warn' }
}
