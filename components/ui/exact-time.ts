/** The same in every time zone and on both sides of hydration. */
export const exact = (moment: Date): string => `${moment.toISOString().slice(0, 19).replace('T', ' ')} UTC`
