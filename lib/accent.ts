/** What a project's colour becomes on a page: each pair is readable, whatever colour was chosen. All as `#rrggbb`. */
export type AccentTheme = {
  /** Of buttons, ticked boxes and the focus ring: 3:1 on the page (WCAG 1.4.11). */
  readonly solid: string
  readonly solidHover: string
  /** Text on `solid` and `solidHover`: 4.5:1 (WCAG 1.4.3). */
  readonly onSolid: string
}

type Color = readonly [red: number, green: number, blue: number]

const BLACK: Color = [0, 0, 0]
const WHITE: Color = [255, 255, 255]
/** The darkest light and the lightest dark surface that the colour stands on. */
const LIGHT_PAGE: Color = [250, 250, 250]
const DARK_PAGE: Color = [30, 30, 32]

const NON_TEXT = 3
const TEXT = 4.5
/** How much a colour moves towards black or white at a time. */
const STEP = 0.05

/** A colour that a page can not show is moved towards black or white until it can; its hue stays. `color`: `#rrggbb`. */
export function accentThemes(color: string): { readonly light: AccentTheme; readonly dark: AccentTheme } {
  return { light: themeOf(color, LIGHT_PAGE, BLACK), dark: themeOf(color, DARK_PAGE, WHITE) }
}

/** Black or white, whichever is easier to read on the colour; one of them always has 4.5:1. */
export const inkOn = (color: string): '#000000' | '#ffffff' => (inkFor(parse(color)) === BLACK ? '#000000' : '#ffffff')

function themeOf(color: string, page: Color, away: Color): AccentTheme {
  const solid = movedUntil(parse(color), away, (each) => contrast(each, page) >= NON_TEXT)
  const ink = inkFor(solid)
  const hover = mix(solid, ink === WHITE ? BLACK : WHITE, 0.14)
  return {
    solid: written(solid),
    solidHover: written(contrast(hover, ink) >= TEXT ? hover : solid),
    onSolid: written(ink),
  }
}

function movedUntil(color: Color, towards: Color, isGood: (color: Color) => boolean): Color {
  for (let part = 0; part < 1; part += STEP) {
    const moved = mix(color, towards, part)
    if (isGood(moved)) return moved
  }
  return towards
}

const inkFor = (color: Color): Color => (contrast(color, BLACK) >= contrast(color, WHITE) ? BLACK : WHITE)

/** WCAG 2: from 1 to 21. */
export const contrastOf = (one: string, other: string): number => contrast(parse(one), parse(other))

function contrast(one: Color, other: Color): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const luminance = ([red, green, blue]: Color): number => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)

const linear = (channel: number): number => (channel <= 10.314_75 ? channel / 3294.6 : ((channel / 255 + 0.055) / 1.055) ** 2.4)

const mix = (color: Color, other: Color, part: number): Color => {
  const [red, green, blue] = color.map((channel, at) => Math.round(channel + ((other[at] ?? 0) - channel) * part))
  return [red ?? 0, green ?? 0, blue ?? 0]
}

const parse = (color: string): Color => {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  return [red || 0, green || 0, blue || 0]
}

const written = (color: Color): string => `#${color.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
