import { spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
export const inRoot = (...p) => path.join(root, ...p)
const started = performance.now()
export const say = (text) => console.log(`[${((performance.now() - started) / 1000).toFixed(1)}s] ${text}`)
export const bin = (pkg, file) => inRoot('node_modules', pkg, file)

export function hashOf(...paths) {
  const h = createHash('sha256')
  const add = (p) => {
    if (!fs.existsSync(p)) return
    if (fs.statSync(p).isDirectory()) {
      for (const n of fs.readdirSync(p).sort()) if (n !== 'generated') add(path.join(p, n))
    } else h.update(path.relative(root, p)).update('\0').update(fs.readFileSync(p)).update('\0')
  }
  paths.forEach(add)
  return h.update(`${process.version} ${process.platform} ${process.arch}`).digest('hex')
}
const stamped = (file, value) => fs.existsSync(file) && fs.readFileSync(file, 'utf8') === value

export function run(args, { env, quiet = true, cmd = process.execPath, timeout } = {}) {
  const r = spawnSync(cmd, args, {
    cwd: root,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', CHECKPOINT_DISABLE: '1', ...env },
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout,
    shell: cmd === 'npm' && process.platform === 'win32',
  })
  if (r.status !== 0) {
    if (quiet) process.stderr.write(`${r.stdout ?? ''}${r.stderr ?? ''}`)
    throw new Error(
      `${cmd === process.execPath ? path.basename(args[0]) : cmd} ${args.slice(cmd === process.execPath ? 1 : 0).join(' ')} ended with ${r.status ?? r.signal ?? r.error}`,
    )
  }
}

export function install() {
  const stamp = inRoot('node_modules/.installed'),
    want = hashOf(inRoot('package-lock.json'))
  if (stamped(stamp, want)) return
  say('installing packages (npm ci)')
  run(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], { cmd: 'npm', env: { NODE_ENV: 'development' } })
  fs.writeFileSync(stamp, want)
}
export function generate() {
  const stamp = inRoot('lib/db/generated/.stamp'),
    want = hashOf(inRoot('prisma/schema'), inRoot('package-lock.json'))
  if (stamped(stamp, want)) return
  say('prisma generate')
  // generate never starts the schema engine, but the CLI insists that the file exists, and else downloads it
  run([bin('prisma', 'build/index.js'), 'generate', '--config', inRoot('prisma/prisma.config.ts')], {
    env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
  })
  fs.writeFileSync(stamp, want)
}
export async function build() {
  const stamp = inRoot('.next/.stamp'),
    want = hashOf(
      ...[
        'app',
        'components',
        'lib',
        'prisma',
        'public',
        'proxy.ts',
        'next.config.ts',
        'postcss.config.mjs',
        'tsconfig.json',
        'package-lock.json',
      ].map((p) => inRoot(p)),
    )
  if (stamped(stamp, want)) return
  say('next build')
  run([bin('next', 'dist/bin/next'), 'build'], { env: { NODE_ENV: 'production' } })
  const { build: bundle, stop } = await import('esbuild') // so that production needs no TypeScript loader on any Node from 20.19
  await bundle({
    entryPoints: [inRoot('lib/cli/serve.ts')],
    outfile: inRoot('.next/serve.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
  })
  await stop() // else its helper process lives as long as we do
  fs.writeFileSync(stamp, want)
}
/** Missing or weak secrets refuse to start here; elsewhere they are made once. */
export const production =
  process.env.NODE_ENV === 'production' ||
  !/^(localhost|.+\.localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(process.env.BASE_URL ?? 'http://localhost').hostname)
export function secret(name) {
  if ((process.env[name] ?? '').length >= 32) return process.env[name]
  if (production || process.env[name]) {
    console.error(
      `${name} is missing or shorter than 32 characters. Make one: node -e "console.log(require('crypto').randomBytes(32).toString('base64url'))"`,
    )
    process.exit(1)
  }
  const f = inRoot('.data', name.toLowerCase())
  if (!fs.existsSync(f)) {
    fs.mkdirSync(path.dirname(f), { recursive: true })
    fs.writeFileSync(f, randomBytes(32).toString('base64url'), { mode: 0o600 })
  }
  return fs.readFileSync(f, 'utf8')
}
export function serve(port, env, { dev = false, stdio = ['inherit', 'inherit', 'inherit', 'ipc'] } = {}) {
  // 'ipc': serve.ts ends when its parent does
  const args = dev ? ['--import', 'tsx', inRoot('lib/cli/serve.ts')] : [inRoot('.next/serve.mjs')]
  return spawn(process.execPath, args, {
    cwd: root,
    stdio,
    env: { ...process.env, PORT: String(port), NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: dev ? 'development' : 'production', ...env },
  })
}
