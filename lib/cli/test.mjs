import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import * as steps from './steps.mjs'

steps.install()
steps.generate()
const { startPostgres, freePort } = await import('./postgres.mjs')
const tmp = fs.mkdtempSync(path.join(os.tmpdir(), 'gatehouse-test-'))
fs.chmodSync(tmp, 0o755)
steps.say('starting a throwaway Postgres')
const db = await startPostgres({ root: steps.root, dir: path.join(tmp, 'db'), database: 'test', ephemeral: true })
const { migrate } = await import('./migrate.mjs')
await migrate(db.url, steps.inRoot('prisma/migrations'))
let failed = 0,
  passed = 0
let server
const node = (args, env) => spawnSync(process.execPath, args, { cwd: steps.root, env, stdio: ['ignore', 'inherit', 'inherit'] })
try {
  const env = { ...process.env, DATABASE_URL: db.url, NEXTAUTH_SECRET: 'test'.repeat(8) }
  steps.say('tests without a browser')
  const report = path.join(tmp, 'vitest.json')
  const unit = node(
    [
      steps.bin('vitest', 'vitest.mjs'),
      'run',
      '--config',
      steps.inRoot('lib/vitest.config.ts'),
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    env,
  )
  const v = fs.existsSync(report) ? JSON.parse(fs.readFileSync(report, 'utf8')) : {}
  passed += v.numPassedTests ?? 0
  failed += v.numFailedTests ?? 0
  if (unit.status && !v.numFailedTests) failed++ // a file that did not even load
  await steps.build()
  const chromium = await findChromium()
  if (!chromium) {
    console.error('no browser to be had: end-to-end tests cannot run')
    failed++
  } else {
    steps.say(`end-to-end tests in ${chromium}`)
    const port = await freePort(),
      base = `http://localhost:${port}`
    server = steps.serve(port, { ...env, BASE_URL: base, NEXTAUTH_URL: base }, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    for (let i = 0; i < 200; i++) {
      try {
        if ((await fetch(`http://127.0.0.1:${port}/api/health`)).ok) break
      } catch {
        await new Promise((r) => setTimeout(r, 100))
      }
    }
    const out = path.join(tmp, 'playwright.json')
    const e2e = node(
      [steps.bin('@playwright/test', 'cli.js'), 'test', '--config', steps.inRoot('e2e/playwright.config.ts'), '--reporter=json,line'],
      { ...env, PORT: String(port), CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: out },
    )
    const s = JSON.parse(fs.readFileSync(out, 'utf8')).stats
    passed += s.expected + s.flaky
    failed += s.unexpected
    if (e2e.status && !s.unexpected) failed++
  }
} catch (e) {
  console.error(e)
  failed++ // a build that broke is a failure too, and the total is still printed
} finally {
  server?.kill('SIGTERM')
  await db.stop()
  fs.rmSync(tmp, { recursive: true, force: true })
}
steps.say('done')
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed ? 1 : 0)

async function findChromium() {
  const { chromium } = await import('playwright-core')
  const known = (own) =>
    [process.env.CHROMIUM_PATH, '/usr/bin/chromium', ...(own ? [chromium.executablePath()] : [])].find((p) => p && fs.existsSync(p))
  if (known(false)) return known(false)
  if (process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get')) {
    steps.say('fetching a browser (apt-get install chromium)')
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env })
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { stdio: 'ignore', env })
  }
  if (known(true)) return known(true)
  steps.say('fetching a browser (playwright install chromium)')
  spawnSync(process.execPath, [steps.bin('playwright', 'cli.js'), 'install', '--no-shell', 'chromium'], {
    cwd: steps.root,
    stdio: 'ignore',
    timeout: 300_000,
    env: { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' },
  })
  return known(true)
}
