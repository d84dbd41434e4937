import { describe, expect, it } from 'vitest'
import { accentThemes, contrastOf, inkOn } from './accent.ts'

const STEPS = ['00', '33', '66', '80', '99', 'cc', 'ff']
const COLORS = STEPS.flatMap((red) => STEPS.flatMap((green) => STEPS.map((blue) => `#${red}${green}${blue}`)))
const PAGES = { light: ['#ffffff', '#fafafa'], dark: ['#0c0c0d', '#121213', '#18181b'] } as const

describe.each(['light', 'dark'] as const)('in the %s, of any colour,', (mode) => {
  const themes = COLORS.map((color) => accentThemes(color)[mode])

  it('a button can be told from the page, and so can the focus ring', () => {
    const least = themes.flatMap(({ solid }) => PAGES[mode].map((page) => contrastOf(solid, page)))
    expect(Math.min(...least)).toBeGreaterThanOrEqual(3)
  })

  it('what a button says can be read, under the pointer too', () => {
    const least = themes.flatMap(({ solid, solidHover, onSolid }) => [contrastOf(solid, onSolid), contrastOf(solidHover, onSolid)])
    expect(Math.min(...least)).toBeGreaterThanOrEqual(4.5)
  })
})

it('leaves a colour alone that is readable as it is', () => {
  expect(accentThemes('#2563eb').light).toMatchObject({ solid: '#2563eb', onSolid: '#ffffff' })
  expect(accentThemes('#facc15').dark).toMatchObject({ solid: '#facc15', onSolid: '#000000' })
})

it('writes no CSS but colours, whatever it is given', () => {
  const said = Object.values(accentThemes('red;}body{display:none}')).flatMap((theme) => Object.values(theme))
  for (const each of said) expect(each).toMatch(/^#[0-9a-f]{6}$/)
})

it.each([
  ['#ffff00', '#000000'],
  ['#1e3a8a', '#ffffff'],
])('on %s one writes in %s', (color, ink) => expect(inkOn(color)).toBe(ink))
