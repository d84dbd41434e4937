import { collect } from './collect.ts'
import { deliver, type Post } from './deliver.ts'
import { busyEndpoints, type Endpoint } from './endpoints.ts'

const EVERY_MS = 2_000
/** Connections to the database and to strangers are few, and most of them are for those who wait for a token. */
const MAX_LANES = 4

export type WebhookWorker = {
  /** Waits for what is being sent; what is not yet sent another process sends, or this one after its next start. */
  stop(): Promise<void>
}

/**
 * Carries events to their endpoints. Every process runs one; the database decides who sends what. Each endpoint has a lane of its own, so
 * that a slow one holds up no other while a lane is free; who gets none waits for the next look, and the draw is new each time. `complain`
 * gets what went wrong on our side.
 */
export function startWebhookWorker(complain: (error: unknown) => void, post?: Post): WebhookWorker {
  const lanes = new Map<string, Promise<void>>()
  let looking: Promise<void> = Promise.resolve()
  let timer = setTimeout(look, EVERY_MS).unref()

  function look(): void {
    looking = busyEndpoints()
      .then((endpoints) => shuffled(endpoints).forEach(serve))
      .catch(complain)
      .finally(() => {
        timer = setTimeout(look, EVERY_MS).unref()
      })
  }

  function serve(endpoint: Endpoint): void {
    if (lanes.has(endpoint.id) || lanes.size >= MAX_LANES) return
    const lane = serveOnce(endpoint, post)
      .catch(complain)
      .finally(() => lanes.delete(endpoint.id))
    lanes.set(endpoint.id, lane)
  }

  return {
    async stop() {
      clearTimeout(timer)
      await looking
      clearTimeout(timer)
      await Promise.all(lanes.values())
    },
  }
}

const shuffled = <Item>(items: readonly Item[]): Item[] =>
  items
    .map((item) => ({ item, draw: Math.random() }))
    .toSorted((a, b) => a.draw - b.draw)
    .map(({ item }) => item)

/** Takes in what is new and sends what is due. */
export async function serveOnce(endpoint: Endpoint, post?: Post): Promise<void> {
  await collect(endpoint)
  await deliver(endpoint, post)
}
