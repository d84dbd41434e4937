import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    globalSetup: 'lib/cli/fixtures-afterwards.ts',
    include: ['lib/**/*.test.ts', 'components/**/*.test.ts'],
    env: { BASE_URL: process.env.BASE_URL ?? 'http://localhost:3000' }, // Vite makes it its own base path, `/`
    maxWorkers: 4, // each opens a pool of its own, and a database has only so many connections
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
})
