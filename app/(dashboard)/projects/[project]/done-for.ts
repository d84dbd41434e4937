/** What a bulk action says: null when it was done for all that were chosen. */
export const doneFor = (changed: number, chosen: number): string | null =>
  changed < chosen ? `Done for ${changed} of ${chosen}: somebody else was quicker with the others` : null
