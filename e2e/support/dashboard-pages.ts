import { readdirSync } from 'node:fs'
import path from 'node:path'
import { root } from './installation.ts'

/** Every page of the dashboard as its route, such as `/projects/[project]/keys`: a new page is in every test that asks for all. */
export function dashboardPages(): string[] {
  const home = path.join(root, 'app/(dashboard)')
  return readdirSync(home, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'page.tsx')
    .map((file) => `/${path.dirname(file).split(path.sep).join('/')}`)
    .sort()
}

/** The address of a page for these parameters. Throws for a parameter nobody gave: the test must learn what it stands for. */
export const addressOf = (route: string, parameters: Readonly<Record<string, string>>): string =>
  route.replace(/\[(\w+)\]/g, (_, name: string) => {
    const value = parameters[name]
    if (value === undefined) throw new Error(`what does [${name}] stand for in ${route}?`)
    return encodeURIComponent(value)
  })
