'use server'

import { revalidatePath } from 'next/cache'
import type { ManagementContext } from '#lib/management/context.ts'
import { createTrustedIssuer } from '#lib/management/trusted-issuers/create.ts'
import { deleteTrustedIssuer } from '#lib/management/trusted-issuers/delete.ts'
import { createTrustedIssuerInput, updateTrustedIssuerInput } from '#lib/management/trusted-issuers/inputs.ts'
import { updateTrustedIssuer } from '#lib/management/trusted-issuers/update.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../../components/ui/form-state.ts'
import { word } from '../../../../argument.ts'
import { attempt, lines, optional, text, ticked } from '../../../../attempt.ts'

const SHOWN = ['kind', 'issuer', 'jwksUri', 'audience', 'rules', 'linkByEmail']

export async function createTrustedIssuerAction(project: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, async (ctx) => {
    await createTrustedIssuer(
      ctx,
      createTrustedIssuerInput.parse({
        kind: text(form, 'kind'),
        issuer: text(form, 'issuer').trim(),
        jwksUri: optional(form, 'jwksUri'),
        audience: optional(form, 'audience'),
        rules: lines(form, 'rules').map(ruleOf),
        linkByEmail: ticked(form, 'linkByEmail'),
      }),
    )
  })
}

/** Keys that are kept here stay where no URL is given. */
export async function updateTrustedIssuerAction(project: string, id: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, (ctx) =>
    updateTrustedIssuer(
      ctx,
      updateTrustedIssuerInput.parse({
        id: word(id),
        jwksUri: optional(form, 'jwksUri'),
        audience: optional(form, 'audience') ?? null,
        rules: lines(form, 'rules').map(ruleOf),
        linkByEmail: ticked(form, 'linkByEmail'),
      }),
    ),
  )
}

export async function deleteTrustedIssuerAction(project: string, id: string, _: FormState, form: FormData): Promise<FormState> {
  return change(project, form, (ctx) => deleteTrustedIssuer(ctx, { id: word(id) }))
}

/** `claim=value claim=value → scope scope`; an arrow of two characters will do. What is missing, the input's schema names. */
function ruleOf(line: string) {
  const [claims = '', scopes = ''] = line.split(/\s*(?:→|->|=>)\s*/)
  const pairs = claims.split(/\s+/).filter(Boolean)
  return {
    claims: Object.fromEntries(pairs.map((pair) => [pair.split('=', 1)[0] ?? '', pair.slice(pair.indexOf('=') + 1)])),
    scopes: scopes.split(/\s+/).filter(Boolean),
  }
}

async function change(project: string, form: FormData, verb: (ctx: ManagementContext) => Promise<void>): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, SHOWN, async () => {
    await verb(ctx)
    revalidatePath(`/projects/${ctx.project.slug}`, 'layout')
    return null
  })
}
