import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'esbuild'
import { bundle, ROOT } from './child.ts'

const BUILT = path.join(ROOT, '.next/serve.mjs')

/** Without a build there are no pages: Next is left out, and every protocol path is answered as in production. */
const withoutNext: Plugin = {
  name: 'without-next',
  setup: (build) => {
    build.onResolve({ filter: /^next$/ }, () => ({ path: 'next', namespace: 'absent' }))
    build.onLoad({ filter: /./, namespace: 'absent' }, () => ({
      contents: `export default () => ({ prepare: async () => {}, close: async () => {},
        getRequestHandler: () => async (_req, res) => { res.writeHead(404).end() }, getUpgradeHandler: () => async (_req, socket) => socket.destroy() })`,
    }))
  },
}

/** When the newest source of the server was changed, in ms since the epoch. */
const newestSource = (): number =>
  readdirSync(path.join(ROOT, 'lib'), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && !/\.test\.tsx?$|\.md$/.test(file.name) && !file.parentPath.includes('generated'))
    .reduce((newest, file) => Math.max(newest, statSync(path.join(file.parentPath, file.name)).mtimeMs), 0)

/** What to start: the production build if it is newer than its sources. */
export async function serverFile(): Promise<{ file: string; kind: string }> {
  if (existsSync(BUILT) && statSync(BUILT).mtimeMs > newestSource()) return { file: BUILT, kind: 'the production build' }
  return {
    file: await bundle('lib/cli/serve.ts', 'ours', [withoutNext]),
    kind: 'the Node door alone, bundled from the sources (no current build)',
  }
}
