// What must have happened before anything runs: packages, the generated database client, the production build. Each is skipped when it is up to date.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './child.mjs'
import { step } from './step.mjs'

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const inRoot = (...parts) => path.join(root, ...parts)
export const bin = (name, file) => inRoot('node_modules', name, file)
export const migrations = inRoot('prisma/migrations')

/** For children of ours: none of these tools calls home. */
export const quiet = { NEXT_TELEMETRY_DISABLED: '1', CHECKPOINT_DISABLE: '1' }

export async function install() {
  if (packagesAreCurrent()) return
  await step('installing packages', 'packages installed', () =>
    run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'development' },
      shell: process.platform === 'win32', // npm is a .cmd there
    }),
  )
}

/** npm writes what it installed into node_modules/.package-lock.json, last of all: every package that is not optional must be there in its version. */
function packagesAreCurrent() {
  const installedLock = inRoot('node_modules/.package-lock.json')
  if (!fs.existsSync(installedLock)) return false
  const installed = readJson(installedLock).packages
  const wanted = Object.entries(readJson(inRoot('package-lock.json')).packages)
  return wanted.every(([place, { version, optional }]) => place === '' || optional || installed[place]?.version === version)
}

const readJson = (file) => JSON.parse(fs.readFileSync(file, 'utf8'))

export async function generate() {
  const stamp = inRoot('lib/db/generated/.stamp')
  const sources = hashOf('prisma/schema', 'package-lock.json')
  if (isStamped(stamp, sources)) return
  await step('generating the database client', 'database client generated', async () => {
    // generate never starts the schema engine, but the CLI insists that the file exists, and downloads it otherwise
    const env = { ...process.env, ...quiet, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath }
    const args = [bin('prisma', 'build/index.js'), 'generate', '--config', inRoot('prisma/prisma.config.ts')]
    await run(process.execPath, args, { cwd: root, env })
    fs.writeFileSync(stamp, sources)
  })
}

const BUILT_FROM = [
  'app',
  'components',
  'lib',
  'public',
  'prisma/schema',
  'proxy.ts',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'package-lock.json',
]

export async function build() {
  const stamp = inRoot('.next/.stamp')
  const sources = hashOf(...BUILT_FROM)
  if (isStamped(stamp, sources)) return
  await step('building', 'built', async () => {
    fs.rmSync(stamp, { force: true }) // a build that breaks halfway must not look finished
    const env = { ...process.env, ...quiet, NODE_ENV: 'production' }
    await run(process.execPath, [bin('next', 'dist/bin/next'), 'build'], { cwd: root, env })
    await bundlePrograms()
    fs.writeFileSync(stamp, sources)
  })
}

/** Small parts of large packages: bundled, they load ten times as fast. */
const BUNDLED = ['jose', 'zod']

/** The production entry and the command line as plain JavaScript, so that no TypeScript loader runs in production. */
async function bundlePrograms() {
  const esbuild = await import('esbuild')
  const { dependencies } = readJson(inRoot('package.json'))
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: { serve: inRoot('lib/cli/serve.ts'), cli: inRoot('lib/cli/main.ts') },
    outdir: inRoot('.next'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: Object.keys(dependencies).filter((name) => !BUNDLED.includes(name)),
    sourcemap: true,
    logLevel: 'silent', // errors are thrown with their text
  })
  await esbuild.stop() // else its helper process lives as long as we do
}

/** SHA-256 over names and contents; tests and generated code change nothing that runs. */
function hashOf(...paths) {
  const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}`)
  const add = (file) => {
    if (!fs.existsSync(file)) return
    if (!fs.statSync(file).isDirectory()) {
      if (!/\.test\.tsx?$/.test(file))
        hash
          .update(`${path.relative(root, file)}\0`)
          .update(fs.readFileSync(file))
          .update('\0')
      return
    }
    for (const name of fs.readdirSync(file).sort()) if (name !== 'generated') add(path.join(file, name))
  }
  for (const each of paths) add(inRoot(each))
  return hash.digest('hex')
}

const isStamped = (file, value) => fs.existsSync(file) && fs.readFileSync(file, 'utf8') === value
