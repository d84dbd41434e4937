// Vitest and Playwright as child processes that answer with numbers. A run that ended badly without a failed test counts as one.
import fs from 'node:fs'
import { outcome } from './child.mjs'
import { bin, inRoot, quiet, root } from './steps.mjs'

/** Runs the tests whose path contains `filter` (all, without). Answers `{ passed, failed, output }`. */
export async function vitest({ filter, env, report }) {
  const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]
  const args = [bin('vitest', 'vitest.mjs'), 'run', '--config', inRoot('lib/vitest.config.ts'), ...reporters, ...(filter ? [filter] : [])]
  const { status, output } = await outcome(process.execPath, args, { cwd: root, env: { ...env, ...quiet, NO_COLOR: '1' } })
  const { numPassedTests = 0, numFailedTests = 0, testResults = [] } = readReport(report)
  // a file that did not load has no tests that could fail
  const broken = testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'))
  return judge({ passed: numPassedTests, failed: numFailedTests + broken.length, status, output: withoutDots(output) })
}

/** One line of thousands of dots hides what is worth reading. */
const withoutDots = (output) =>
  output
    .split('\n')
    .filter((line) => !/^[·x-]{20,}/.test(line))
    .join('\n')

/**
 * Runs the tests in a browser. One that failed is tried once more: on two cores, beside three servers, Chromium is now and then late. A test
 * that only its second try passed has passed, and `secondTry` tells its name and what the first try said, so that nobody gets used to it.
 */
export async function playwright({ env, report }) {
  const config = inRoot('e2e/playwright.config.ts')
  const args = [bin('@playwright/test', 'cli.js'), 'test', '--config', config, '--reporter=json,dot', '--retries=1']
  const options = { cwd: root, env: { ...env, ...quiet, NO_COLOR: '1', PLAYWRIGHT_JSON_OUTPUT_NAME: report } }
  const { status, output } = await outcome(process.execPath, args, options)
  const { stats = {}, suites = [] } = readReport(report)
  const { expected = 0, flaky = 0, unexpected = 0 } = stats
  return { ...judge({ passed: expected + flaky, failed: unexpected, status, output }), secondTry: suites.flatMap(specsOf).flatMap(flakyIn) }
}

/** A report nests suites as `describe` does. */
const specsOf = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(specsOf)]

const flakyIn = ({ file, line, title, tests }) =>
  tests
    .filter(({ status }) => status === 'flaky')
    .map(({ results }) => `${file}:${line} ${title}\n${results[0].error?.message ?? results[0].status}`)

function judge({ passed, failed, status, output }) {
  return { passed, failed: status !== 0 && failed === 0 ? 1 : failed, output }
}

const readReport = (file) => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {})
