import { expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '#lib/management/projects/inputs.ts'
import { directoriesShutOut, entrances } from './known-clients.ts'

const shutOut = (change: Partial<Parameters<typeof entrances>[0]>) =>
  entrances({ ...DEFAULT_SETTINGS, ...change }).flatMap(({ name, by }) => (by === null ? [name] : []))

it('a new project lets in whoever publishes a document, and nobody who would have to register', () =>
  expect(shutOut({})).toEqual(['Cursor', 'GitHub Copilot', 'Gemini CLI', 'mcp-remote']))

it('open registration lets in all, and those without a document again when documents are believed by nobody', () => {
  expect(shutOut({ registrationMode: 'open' })).toEqual([])
  expect(shutOut({ registrationMode: 'open', documentPolicy: 'deny' })).toEqual([])
})

it('a client that registers a scheme of its own is shut out where that is not allowed', () =>
  expect(shutOut({ registrationMode: 'open', privateUseSchemes: false })).toEqual(['Cursor']))

it('a list of hosts lets in those on it', () =>
  expect(shutOut({ documentPolicy: 'allow-list', documentHosts: ['chatgpt.com'] })).not.toContain('ChatGPT'))

it.each(['guarded', 'off'] as const)('without documents and with registration %s nobody comes in by themselves', (registrationMode) =>
  expect(shutOut({ documentPolicy: 'deny', registrationMode })).toHaveLength(8),
)

it('says which clients with a directory no door is open for', () => {
  const missed = (change: Partial<Parameters<typeof entrances>[0]>) =>
    directoriesShutOut({ ...DEFAULT_SETTINGS, ...change }).map(({ name }) => name)
  expect(missed({})).toEqual([])
  expect(missed({ documentPolicy: 'allow-list', documentHosts: ['claude.ai'] })).toEqual(['ChatGPT'])
  expect(missed({ documentPolicy: 'deny' })).toEqual(['Claude', 'ChatGPT'])
  expect(missed({ documentPolicy: 'deny', registrationMode: 'open' })).toEqual([])
})
