import type { Permission } from '#lib/management/context.ts'

export type May = (permission: Permission) => boolean

/** Those that need nothing, or something that the member may. */
export const allowed = <Thing extends { readonly needs?: Permission }>(things: readonly Thing[], may: May): readonly Thing[] =>
  things.filter(({ needs }) => needs === undefined || may(needs))
