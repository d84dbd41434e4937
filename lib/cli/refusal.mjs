/** A reason not to go on that its reader can mend: printed as it stands, without a stack. */
export class Refusal extends Error {
  name = 'Refusal'
}

/** Prints why and sets the exit status; the last thing a script does with an error. */
export function fail(error) {
  console.error(error instanceof Refusal ? `\n${error.message}` : error)
  process.exitCode = 1
}
