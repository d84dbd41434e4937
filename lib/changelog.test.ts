import { describe, expect, it } from 'vitest'
import { CATEGORIES, RELEASES } from './changelog.ts'
import { VERSION } from './version.ts'

describe('the changelog', () => {
  it('begins with this release, and goes back in time', () => {
    expect(RELEASES[0]?.version).toBe(VERSION)
    const numbers = RELEASES.map(({ version }) =>
      version
        .split('.')
        .map((part) => part.padStart(6, '0'))
        .join('.'),
    )
    expect(numbers).toEqual(numbers.toSorted().reverse())
    expect(new Set(numbers).size).toBe(numbers.length)
    for (const { date } of RELEASES.slice(1)) expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  })

  it('says each thing once, in a sentence, below a heading that is not empty', () => {
    for (const { changes, upgrading } of RELEASES) {
      const sentences = [...Object.values(changes).flat(), ...upgrading]
      expect(new Set(sentences).size).toBe(sentences.length)
      for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z`].*\.$/s)
      for (const sentence of sentences) expect(sentence.split('`').length % 2, sentence).toBe(1)
      expect(Object.keys(changes).filter((category) => !CATEGORIES.includes(category as (typeof CATEGORIES)[number]))).toEqual([])
      expect(Object.values(changes).filter((some) => some.length === 0)).toEqual([])
    }
  })
})
