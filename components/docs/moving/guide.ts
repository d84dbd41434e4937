import type { ArticleText } from '../block.ts'

/** How to move from one product or library; below /docs/moving. */
export type Guide = ArticleText & { readonly slug: string; readonly summary: string }
