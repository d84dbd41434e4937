import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { Call } from './block.ts'
import { curlOf } from './curl.ts'

const call: Call = { title: 'A call', method: 'POST', url: '$ISSUER/api', answer: null }

/** The words that a shell makes of the line. */
const wordsOf = (wanted: Partial<Call>): string[] =>
  execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; case "$*" in *@-*) cat ;; esac; }\n${curlOf({ ...call, ...wanted })}`], {
    env: { ...process.env, ISSUER: 'https://auth.example.com/p/a b', TOKEN: 'se"cret', ID: 'c_1' },
    encoding: 'utf8',
  })
    .trimEnd()
    .split('\n')

/** What curl would send: its last word, or what it is given to read. */
function bodyOf(wanted: Partial<Call>): unknown {
  const words = wordsOf(wanted)
  return JSON.parse(
    words
      .slice(words.indexOf('-d') + 1)
      .filter((word) => word !== '@-')
      .join('\n'),
  )
}

describe('a call as a line for the shell', () => {
  it('fills in variables, whatever they hold', () =>
    expect(wordsOf({ bearer: 'TOKEN', form: { subject_token: '$TOKEN', scope: 'read write' } })).toEqual([
      'https://auth.example.com/p/a b/api',
      '-H',
      'Authorization: Bearer se"cret',
      '--data-urlencode',
      'subject_token=se"cret',
      '--data-urlencode',
      'scope=read write',
    ]))

  it('hands over JSON as it is, with a variable in it and without', () => {
    const json = { name: 'Ada\'s "notes" `x`', list: ['a', 'b'] }
    expect(bodyOf({ json: { list: ['a'] } })).toEqual({ list: ['a'] })
    expect(bodyOf({ json })).toEqual(json)
    expect(bodyOf({ json: { ...json, client: '$ID' } })).toEqual({ ...json, client: 'c_1' })
  })

  it('says a method that curl would not guess, and who asks by Basic', () => {
    expect(wordsOf({ method: 'PATCH', json: {} }).slice(0, 2)).toEqual(['-X', 'PATCH'])
    expect(wordsOf({ basic: ['ID', 'TOKEN'] })).toContain('c_1:se"cret')
  })
})
