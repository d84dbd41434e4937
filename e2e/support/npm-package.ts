import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A command of a published package, which npm fetches; `since` is the oldest Node it runs on. */
export type Published = { readonly spec: string; readonly command: string; readonly since: number }

/** `npx` and its arguments. Where our Node is too old for the package, npm fetches Node 22 beside it. */
export function npx({ spec, command, since }: Published, args: readonly string[]): [string, string[]] {
  const node = Number(process.versions.node.split('.')[0]) >= since ? [] : ['-p', 'node@22']
  return ['npx', ['-y', ...node, '-p', spec, command, ...args]]
}

/** Starts it away from here: no package.json of ours decides what it loads. */
export function start(
  published: Published,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = process.env,
): ChildProcess {
  return spawn(...npx(published, args), {
    cwd: tmpdir(),
    env: { ...env, NODE_ENV: process.env.NODE_ENV },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32', // npx is a .cmd there
    detached: process.platform !== 'win32',
  })
}

/** npx, and the process it started. */
export function end({ pid, exitCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error // it has just ended
  }
}

/**
 * An environment in which a client keeps its files in a new folder and opens nobody's browser: the commands that would
 * open one are ours, and do nothing.
 */
export function apart(variables: readonly string[]): Record<string, string> {
  const home = mkdtempSync(path.join(tmpdir(), 'gatehouse-client-'))
  for (const opener of ['xdg-open', 'open', 'sensible-browser', 'x-www-browser', 'gio']) {
    writeFileSync(path.join(home, opener), '#!/bin/sh\n', { mode: 0o755 })
  }
  const { DISPLAY: _, WAYLAND_DISPLAY: __, FORCE_COLOR: ___, ...inherited } = process.env
  const own = Object.fromEntries(variables.map((name) => [name, path.join(home, name.toLowerCase())]))
  const env = { ...inherited, ...own, NO_COLOR: '1', BROWSER: 'true', PATH: `${home}${path.delimiter}${process.env.PATH}` }
  return Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined))
}

/** The authorization URL among what a client has printed so far, once it is whole. */
export const authorizationUrlIn = (output: string): string | undefined =>
  /https?:\/\/[^\s"]+\/oauth\/authorize\?[^\s"]+(?=[\s"])/.exec(output)?.[0]
