/** Why a passkey was not taken, added or removed, as the pages of end users say it. */
export type PasskeyProblem =
  | 'not_recent'
  | 'passkey'
  | 'passkey_spent'
  | 'passkey_invalid'
  | 'passkey_exists'
  | 'passkey_full'
  | 'passkey_limited'
  | 'passkey_last'

/** Ends a transaction that must change nothing. */
export class PasskeyRefused extends Error {
  readonly problem: PasskeyProblem

  constructor(problem: PasskeyProblem) {
    super(`The passkey is refused: ${problem}`)
    this.name = 'PasskeyRefused'
    this.problem = problem
  }
}
