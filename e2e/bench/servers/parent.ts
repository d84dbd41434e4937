import type { Offer } from './target.ts'

/** The child's side of `startOwn`. */
export function answerParent(offer: () => Promise<Offer>, mintCodes: (count: number) => Promise<string[]>): void {
  process.on('message', (message: { offer?: true; codes?: number }) => {
    const answer = message.offer ? offer() : mintCodes(message.codes ?? 0)
    answer.then(
      (value) => process.send?.(value),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  })
  process.on('disconnect', () => process.exit(0))
  process.on('SIGTERM', () => process.exit(0))
}
