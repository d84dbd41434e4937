import { clients } from './standards/clients.ts'
import { core } from './standards/core.ts'
import { mcp } from './standards/mcp.ts'
import { others } from './standards/others.ts'
import type { StandardGroup } from './standards/standard.ts'
import { tokens } from './standards/tokens.ts'

/** What we do of which standard, what we leave out, and the tests that hold us to it. */
export const standards: readonly StandardGroup[] = [mcp, core, clients, tokens, others]
