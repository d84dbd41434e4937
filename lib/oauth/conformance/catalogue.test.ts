import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseAst } from 'vitest/node'

/** The catalogue of bad input, as far as it is the protocol's: every row has a test that says its name. */
const ROWS: Readonly<Record<string, string>> = {
  redirect_uri: 'R01 R02 R04 R05 R07 R08 R09 R10 R11 R12 R13 R14 R15 R16 R17 R19 R21 R22 R23 R25 R26 R27 R29',
  PKCE: 'P01 P02 P03 P04 P05 P06 P07 P08 P09 P10 P12 P13',
  'authorization code': 'C01 C02 C03 C04 C05 C07 C08 C09 C10 C11 C12 C13 C14 C15 C16 C17 C18 C19 C20 C21',
  'resource indicators': 'RI03 RI04 RI06 RI07 RI08 RI10 RI11 RI12 RI13 RI14 RI15',
  scope: 'S01 S02 S03 S06 S07 S08',
  'client authentication': 'CA01 CA03 CA05 CA07 CA08 CA10 CA11 CA12 CA13 CA14 CA15 CA16 CA17 CA19',
  'dynamic registration': 'D01 D02 D04 D05 D06 D08 D09 D10 D11 D12 D13 D14 D15 D16 D17 D18 D21 D22 D23 D25 D26 D28 D29',
  'registration management': 'M01 M02 M03 M06 M07 M08 M09 M10 M11',
  'client documents and everything fetched':
    'CI01 CI02 CI03 CI04 CI05 CI06 CI07 CI08 CI09 CI10 CI11 CI12 CI13 CI14 CI15 CI17 CI18 CI20 CI23 CI24 CI25 CI26 CI27 CI29 CI30 CI31',
  'token exchange and assertions': 'X01 X02 X03 X04 X05 X06 X07 X08 X10 X11 X12 X13 X15 X16 X17 X18 X19 X20 X21 X22 X23 X24',
  refresh: 'F01 F02 F04 F05 F06 F08 F09 F10 F11 F12 F13 F14 F15 F16 F18 F19 F20 F21 F23',
  'revocation and introspection': 'V03 V04 V05 V06 V07 V08 V09 V10 V11 V12 V13 V15 V16',
  'keys and tokens': 'J01 J02 J03 J04 J05 J06 J08 J09 J10 J11 J13 J14',
  'sign-in, consent, browser': 'K01 K02 K03 K04 K05 K07 K08 K09 K10 K12 K13 K14 K15 K16 K18 K19 K20 K23 K24 K25 K26 K27',
  HTTP: 'H01 H02 H03 H04 H05 H06 H07 H08 H09 H10 H11 H12 H14 H15 H19 H20 H21 H22 H23',
  tenancy: 'T01 T03 T06 T07 T08',
  'secrets and logs': 'L01 L02 L03 L04 L05 L06 L07',
  limits: 'Z01 Z02 Z03 Z05 Z06 Z07 Z08 Z10 Z11 Z13',
}

/** Rows that no test names, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  Z10: 'nothing consumes the audit log yet: there are no webhooks',
  Z13: 'the framework’s server actions, which only the dashboard has; bodies of the protocol are Z01 and D01',
}

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** What titles are made of: every text in a file of tests; comments are none. */
function textsIn(file: string): string[] {
  const texts: string[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const node = value as { type?: string; value?: unknown }
    if (node.type === 'Literal' && typeof node.value === 'string') texts.push(node.value)
    if (node.type === 'TemplateElement') texts.push(String((node.value as { cooked?: string }).cooked))
    for (const below of Object.values(value)) visit(below)
  }
  visit(parseAst(readFileSync(file, 'utf8'), { lang: 'ts' }))
  return texts
}

const own = fileURLToPath(import.meta.url)
const files = ['lib', 'e2e']
  .flatMap((place) =>
    readdirSync(path.join(root, place), { recursive: true, encoding: 'utf8' }).map((name) => path.join(root, place, name)),
  )
  .filter((file) => /\.(test|spec|contract)\.ts$|conformance\/suite\.ts$/.test(file.replaceAll(path.sep, '/')) && file !== own)
const NAME = /\b[A-Z]{1,2}\d\d\b/g
const named = new Set(files.flatMap((file) => textsIn(file).flatMap((text) => text.match(NAME) ?? [])))
const rows = Object.values(ROWS).flatMap((names) => names.split(' '))

describe('the catalogue of bad input', () => {
  it('finds the tests it looks through', () => expect([files.length > 60, named.size > 100]).toEqual([true, true]))

  it.each(Object.entries(ROWS))('has a test for every row about %s', (_, names) =>
    expect(names.split(' ').filter((row) => !named.has(row) && !(row in EXCEPTIONS))).toEqual([]),
  )

  it('excuses no row that has a test, and none that does not exist', () =>
    expect(Object.keys(EXCEPTIONS).filter((row) => named.has(row) || !rows.includes(row))).toEqual([]))

  it('knows every row that a test claims', () => {
    const letters = new Set(rows.map((row) => row.replace(/\d+$/, '')))
    const claimed = [...named].filter((row) => letters.has(row.replace(/\d+$/, '')))
    expect(claimed.filter((row) => !rows.includes(row))).toEqual([])
  })
})
