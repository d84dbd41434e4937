'use server'

import { revalidatePath } from 'next/cache'
import { blockClient } from '#lib/management/clients/block.ts'
import { endPreviousClientSecret } from '#lib/management/clients/end-previous-secret.ts'
import { rotateClientSecretInput, updateClientInput } from '#lib/management/clients/inputs.ts'
import { rereadClientDocument } from '#lib/management/clients/reread-document.ts'
import { revokeClient } from '#lib/management/clients/revoke.ts'
import { rotateClientSecret } from '#lib/management/clients/rotate-secret.ts'
import { unblockClient } from '#lib/management/clients/unblock.ts'
import { updateClient } from '#lib/management/clients/update.ts'
import { requireMember } from '#lib/session/require-member.ts'
import { GRANT_BOXES } from '../../../../../../components/clients/grant-boxes.ts'
import type { FormState } from '../../../../../../components/ui/form-state.ts'
import { word } from '../../../../../argument.ts'
import { attempt, lines, optional, text } from '../../../../../attempt.ts'
import { grantTypesOf } from '../grant-types.ts'

const SHOWN = ['name', 'clientUri', 'logoUri', 'redirectUris', 'scope', ...GRANT_BOXES.map(({ name }) => name)]

export async function updateClientAction(project: string, clientId: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, SHOWN, async () => {
    const input = {
      clientId,
      name: text(form, 'name'),
      clientUri: optional(form, 'clientUri') ?? null,
      logoUri: optional(form, 'logoUri') ?? null,
      redirectUris: lines(form, 'redirectUris'),
      grantTypes: grantTypesOf(form),
      scope: optional(form, 'scope') ?? null,
    }
    await updateClient(ctx, updateClientInput.parse(input))
    revalidatePath(`/projects/${ctx.project.slug}`, 'layout')
    return null
  })
}

export async function blockClientAction(project: string, clientId: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    await blockClient(ctx, { clientId })
    revalidatePath(`/projects/${ctx.project.slug}`, 'layout')
    return null
  })
}

export async function unblockClientAction(project: string, clientId: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    await unblockClient(ctx, { clientId })
    revalidatePath(`/projects/${ctx.project.slug}`, 'layout')
    return null
  })
}

export async function deleteClientAction(project: string, clientId: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    await revokeClient(ctx, { clientId })
    revalidatePath(`/projects/${ctx.project.slug}`, 'layout')
    return null
  })
}

export async function rereadDocumentAction(project: string, clientId: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    await rereadClientDocument(ctx, { clientId })
    revalidatePath(`/projects/${ctx.project.slug}/clients`, 'layout')
    return null
  })
}

export async function endPreviousSecretAction(project: string, clientId: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    await endPreviousClientSecret(ctx, { clientId: word(clientId) })
    revalidatePath(`/projects/${ctx.project.slug}/clients`, 'layout')
    return null
  })
}

type Rotated = { secret: string }

export async function rotateClientSecretAction(
  project: string,
  clientId: string,
  _: FormState<Rotated>,
  form: FormData,
): Promise<FormState<Rotated>> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    const input = rotateClientSecretInput.parse({ clientId, overlapHours: text(form, 'overlapHours') })
    const { clientSecret } = await rotateClientSecret(ctx, input)
    revalidatePath(`/projects/${ctx.project.slug}/clients`, 'layout')
    return { secret: clientSecret }
  })
}
