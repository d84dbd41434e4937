// Child processes, and whether a process lives.
import { spawn } from 'node:child_process'
import { Refusal } from './refusal.mjs'

/**
 * Runs a command to its end and returns what it printed, stdout and stderr in the order they came.
 * Throws `CommandFailed`, which carries the same text, when it ends with anything but 0 or takes longer than `timeout` (milliseconds).
 */
export async function run(command, args, { input, ...options } = {}) {
  const { status, output } = await outcome(command, args, { input, ...options })
  if (status !== 0) throw new CommandFailed(`${[command, ...args].join(' ')} ended with ${status}`, output)
  return output
}

/** Like `run`, but tells the exit status (or the signal's name) instead of throwing. */
export function outcome(command, args, { input, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] })
    const end = () => child.kill()
    process.once('exit', end) // an install must not go on without us and meet the next one
    let output = ''
    const keep = (chunk) => {
      output += chunk
    }
    child.stdout.setEncoding('utf8').on('data', keep)
    child.stderr.setEncoding('utf8').on('data', keep)
    child.stdin.on('error', () => {}) // a child that ended without reading: its status says so
    child.stdin.end(input ?? '')
    child.once('error', reject)
    child.once('close', (code, signal) => {
      process.off('exit', end)
      resolve({ status: code ?? signal, output })
    })
  })
}

export class CommandFailed extends Refusal {
  constructor(message, output) {
    super(`${output}\n${message}`)
    this.output = output
  }
}

/** True for a process of another user too. */
export function alive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))
