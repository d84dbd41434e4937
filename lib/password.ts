import { hash, verify } from '@node-rs/argon2'

/** OWASP's argon2id figures (19 MiB, two passes, one lane): about 15 ms of one core. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/** Each runs in libuv's pool of four threads: one stays free for the rest of the process. */
const MAX_RUNNING = 3
const MAX_WAITING = 100

/** Of random bytes nobody kept: an unknown account must cost as much as a wrong password. */
const NOBODYS_HASH = '$argon2id$v=19$m=19456,t=2,p=1$tFJcvHTqq8d1166TbMySIA$JVDf2RSOa0WjZYz8F6lxruOtSPaoY2FDHFx1kQQE1PM'

/** More passwords wait than can be served soon. Answered as 429. */
export class TooBusy extends Error {
  constructor() {
    super('Too many password checks wait')
    this.name = 'TooBusy'
  }
}

let running = 0
const waiting: (() => void)[] = []

/** A PHC string (argon2id) for the database. Throws `TooBusy`. */
export const hashPassword = (password: string): Promise<string> => inTurn(() => hash(password.normalize('NFKC'), COST))

/** False for a null hash too, after the same work, so that time does not tell which accounts exist. Throws `TooBusy`. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const right = await inTurn(() => verify(passwordHash ?? NOBODYS_HASH, password.normalize('NFKC')))
  return right && passwordHash !== null
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running < MAX_RUNNING) running++
  else await turn()
  try {
    return await work()
  } finally {
    // The place is handed over, not freed: a newcomer cannot overtake those who wait.
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

function turn(): Promise<void> {
  if (waiting.length >= MAX_WAITING) throw new TooBusy()
  return new Promise((resolve) => waiting.push(resolve))
}
