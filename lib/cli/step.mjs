// One line per step, with the time that step alone took.
let out = process.stdout
const underway = new Set()

/** For programs whose stdout belongs to somebody else's JSON. */
export function printStepsTo(stream) {
  out = stream
}

/**
 * Does one step and prints its line: `✓ packages installed   31.2 s`.
 * `done` is the line's text, or a function that makes it from the result; null when there is nothing worth a line.
 * A step fails by throwing, or when `failed` says so of its result.
 */
export async function step(doing, done, work, failed = () => false) {
  const started = performance.now()
  underway.add(doing)
  showUnderway()
  try {
    const result = await work()
    finish(doing, failed(result) ? '✗' : '✓', typeof done === 'function' ? done(result) : done, started)
    return result
  } catch (error) {
    finish(doing, '✗', doing, started)
    throw error
  }
}

export function say(text = '') {
  clear()
  out.write(`${text}\n`)
  showUnderway()
}

function finish(doing, mark, text, started) {
  underway.delete(doing)
  clear()
  if (text !== null) out.write(`${mark} ${text.padEnd(44)} ${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s\n`)
  showUnderway()
}

function showUnderway() {
  if (out.isTTY && underway.size > 0) out.write(`\r\x1b[2K  ${[...underway].join(', ')} …`)
}

function clear() {
  if (out.isTTY) out.write('\r\x1b[2K')
}
