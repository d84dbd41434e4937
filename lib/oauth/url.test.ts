import { expect, it } from 'vitest'
import { parseUrl } from './url.ts'

it('D11 knows an international host name however often it was asked before', () => {
  for (let i = 0; i < 200_000; i++) parseUrl(`https://client-${i % 7}.example/cb`)
  expect(parseUrl('https://bücher.example/cb')?.host).toBe('xn--bcher-kva.example')
})

it.each(['', 'no url', 'https://', 'https://a b/'])('is null for %j', (text) => expect(parseUrl(text)).toBeNull())
