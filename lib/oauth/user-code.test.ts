import { describe, expect, it } from 'vitest'
import { parseUserCode, randomUserCode, shownUserCode } from './user-code.ts'

describe('a user code', () => {
  it('has eight of twenty letters, each of them now and then, and is read back as it is shown', () => {
    const codes = Array.from({ length: 500 }, randomUserCode)
    for (const code of codes) {
      expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{8}$/)
      expect(shownUserCode(code)).toBe(`${code.slice(0, 4)}-${code.slice(4)}`)
      expect(parseUserCode(shownUserCode(code))).toBe(code)
    }
    expect(new Set(codes.join(''))).toHaveProperty('size', 20)
    expect(new Set(codes).size).toBe(500)
  })

  it.each(['WDJB-MJHT', 'wdjb-mjht', 'WDJBMJHT', ' wdjb mjht ', 'WDJB–MJHT', 'w d j b m j h t'])('is known as %j', (typed) =>
    expect(parseUserCode(typed)).toBe('WDJBMJHT'),
  )

  it.each(['', 'WDJB-MJH', 'WDJB-MJHTB', 'WDJB-MJH1', 'ADJB-MJHT', 'WDJB-MJHİ', 'WDJB-MJHß', 'W'.repeat(65), '-'.repeat(50_000)])(
    'is not %j',
    (typed) => expect(parseUserCode(typed)).toBeNull(),
  )
})
