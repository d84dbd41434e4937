/** A client id that is a URL arrives as it stands in the address bar: percent-encoded. */
export const clientIdIn = (segment: string): string => (/^https?%3A/i.test(segment) ? decodeURIComponent(segment) : segment)
