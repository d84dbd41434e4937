/** What one part of a token means for the MCP server it is sent to. `note`: it is fine, and worth knowing. */
export type Finding = {
  readonly claim: string
  readonly value: string | null
  readonly verdict: 'good' | 'note' | 'bad'
  readonly words: string
}

export const good = (claim: string, value: string | null, words: string): Finding => ({ claim, value, verdict: 'good', words })
export const note = (claim: string, value: string | null, words: string): Finding => ({ claim, value, verdict: 'note', words })
export const bad = (claim: string, value: string | null, words: string): Finding => ({ claim, value, verdict: 'bad', words })
