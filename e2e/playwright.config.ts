import { existsSync } from 'node:fs'
import { defineConfig, devices } from '@playwright/test'

// lib/cli/test.mjs starts the servers and says where they are
const baseURL = process.env.GATEHOUSE_TARGET ?? `http://localhost:${process.env.PORT ?? 3000}`
// none of these: Playwright's own download
const executablePath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium'].find((file) => file && existsSync(file))

export default defineConfig({
  testDir: '.',
  timeout: 120_000, // not what a test needs, but what it may need beside a build on two cores
  expect: { timeout: 15_000 },
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.CI ? 'line' : 'list',
  outputDir: '../test-results',
  use: {
    ...devices['Desktop Chrome'],
    baseURL,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        // Chromium refuses its sandbox to root
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--host-resolver-rules=MAP *.localhost 127.0.0.1, MAP client.example 127.0.0.1:3999',
      ],
    },
  },
})
