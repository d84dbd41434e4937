import { readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { DOCS_PLACES } from './places.ts'

const site = fileURLToPath(new URL('../../app/(site)', import.meta.url))
const pages = readdirSync(site, { recursive: true, encoding: 'utf8' })
  .filter((file) => path.basename(file) === 'page.tsx')
  .map((file) => `/${path.dirname(file).split(path.sep).join('/')}`)
  .filter((page) => page !== '/.' && !page.includes('[')) // those with a value in their path are led to by the page above them
const listed = DOCS_PLACES.flatMap(({ places }) => places.map((place) => place.path))

/** A page below a place belongs to it; below the first page stand all. */
const isBelowPlace = (page: string): boolean => listed.some((place) => place !== '/docs' && page.startsWith(`${place}/`))

it('has every page that explains, once, and leads to none that is not there', () =>
  expect(listed.toSorted()).toEqual(pages.filter((page) => !isBelowPlace(page)).toSorted()))
