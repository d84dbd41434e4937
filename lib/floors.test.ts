import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

type Package = {
  readonly version: string
  readonly resolved?: string
  readonly optional?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
}
type Lock = { readonly packages: Readonly<Record<string, Package>> }

const read = <T>(name: string): T => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'))
const { packages } = read<Lock>('package-lock.json')
const manifest = read<Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Record<string, string>>>('package.json')

/** The first versions without a known hole that concerns us; `npm audit` is not answered by every registry. */
const FLOORS: Readonly<Record<string, string>> = {
  next: '16.3.3',
  'next-auth': '4.24.15',
  react: '19.2.6',
  'react-dom': '19.2.6',
  '@modelcontextprotocol/sdk': '1.26.0',
  nodemailer: '7.0.7',
}

/** Every copy of a package in the tree, also one nested below another. */
const copiesOf = (name: string) => Object.entries(packages).filter(([place]) => place.endsWith(`node_modules/${name}`))

/** A pre-release counts as its release: none is allowed in here anyway. */
function isBelow(version: string, floor: string): boolean {
  const [a, b] = [version, floor].map((each) => each.split('-')[0]?.split('.').map(Number) ?? [])
  const difference = a?.map((part, at) => part - (b?.[at] ?? 0)).find((each) => each !== 0)
  return difference !== undefined && difference < 0
}

describe('the lock file', () => {
  it.each(Object.entries(FLOORS))('has no %s below %s', (name, floor) => {
    expect(copiesOf(name).filter(([, { version }]) => isBelow(version, floor))).toEqual([])
  })

  it('has every package the floors are about', () => {
    expect(Object.keys(FLOORS).filter((name) => copiesOf(name).length === 0)).toEqual([])
  })

  it.each([
    ['16.3.2', '16.3.3', true],
    ['16.3.3', '16.3.3', false],
    ['16.10.0', '16.3.3', false],
    ['15.9.9', '16.3.3', true],
    ['17.0.0', '16.3.3', false],
  ])('takes %s for below %s: %s', (version, floor, below) => expect(isBelow(version, floor)).toBe(below))

  // Without one of them `npm ci` fails on the platform it is for, or everywhere.
  it('lists every platform package of every optional dependency', () => {
    const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !packages[`node_modules/${name}`] && !packages[`${place}/node_modules/${name}`])
        .map((name) => `${place} -> ${name}`),
    )
    expect(missing).toEqual([])
  })

  it('names no registry, so that everybody takes his own', () => {
    expect(Object.entries(packages).filter(([, { resolved }]) => resolved)).toEqual([])
  })
})

describe('package.json', () => {
  it('pins every version, so that nobody drifts onto a half-published release', () => {
    const versions = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
    expect(Object.entries(versions).filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })

  it('brings no Node of its own, which would run in the place of the one we were called with', () => {
    expect(Object.keys(packages).filter((place) => /node_modules\/(node|node-bin-.*|node-(linux|darwin|win)-.*)$/.test(place))).toEqual([])
  })
})
