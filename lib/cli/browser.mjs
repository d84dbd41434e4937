import fs from 'node:fs'
import { outcome } from './child.mjs'
import { step } from './step.mjs'
import { bin, root } from './steps.mjs'

/**
 * The path of a Chromium for the browser tests: CHROMIUM_PATH, the system's, Debian's package when we may install it, Playwright's own
 * download. Undefined when none is to be had.
 */
export async function findChromium() {
  const own = (await import('playwright')).chromium.executablePath()
  const candidates = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', own]
  const find = () => candidates.find((file) => file && fs.existsSync(file))
  if (find()) return find()
  return step(
    'fetching a browser',
    (found) => (found ? 'browser fetched' : 'no browser to be had'),
    async () => {
      if (process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get')) await installDebianPackage()
      if (!find()) await downloadOwn()
      return find()
    },
  )
}

/** Whether it worked is seen by looking for the browser. */
async function installDebianPackage() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await outcome('apt-get', ['update', '-qq'], { env })
  await outcome('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env })
}

async function downloadOwn() {
  const env = { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' }
  await outcome(process.execPath, [bin('playwright', 'cli.js'), 'install', '--no-shell', 'chromium'], { cwd: root, env, timeout: 300_000 })
}
