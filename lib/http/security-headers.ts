/** On every answer: nothing here may be cached, sniffed or read as something else. */
export const NO_STORE = { 'cache-control': 'no-store', pragma: 'no-cache', 'x-content-type-options': 'nosniff' } as const

/** On every HTML page of ours; `same-origin` and not `no-referrer`, which makes browsers send `Origin: null` with forms. */
export const PAGE_HEADERS = {
  ...NO_STORE,
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
} as const

export const HSTS = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } as const
