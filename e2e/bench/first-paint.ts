import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

/** What a reader waits for before there is anything to read, in ms. */
export const FIRST_PAINT_GOAL_MS = 1_000

const TIMES = 5

type Cookies = ReadonlyMap<string, string>

/** The median first contentful paint of each path in Chromium, in ms: a new browser context each time, so nothing is in its cache. */
export async function firstPaints(origin: string, cookies: Cookies, paths: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const executablePath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium'].find((file) => file && existsSync(file))
  const root = process.getuid?.() === 0 // Chromium refuses its sandbox to root
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: root ? ['--no-sandbox'] : [] })
  const median = new Map<string, number>()
  try {
    for (const path of paths) {
      const taken: number[] = []
      for (let time = 0; time < TIMES; time++) {
        const context = await browser.newContext()
        await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: origin })))
        const page = await context.newPage()
        await page.goto(origin + path)
        taken.push(await page.evaluate(firstPaint))
        await context.close()
      }
      median.set(path, taken.toSorted((a, b) => a - b)[Math.floor(TIMES / 2)] ?? Number.NaN)
    }
  } finally {
    await browser.close()
  }
  return median
}

/** Runs in the page; waits where nothing is painted yet. */
const firstPaint = (): Promise<number> =>
  new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      const [entry] = list.getEntriesByName('first-contentful-paint')
      if (entry) resolve(entry.startTime)
    })
    observer.observe({ type: 'paint', buffered: true })
  })
