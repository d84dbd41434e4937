'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import type { ManagementContext } from '#lib/management/context.ts'
import { createWebhookEndpoint } from '#lib/management/webhooks/create.ts'
import { deleteWebhookEndpoint } from '#lib/management/webhooks/delete.ts'
import { replayWebhookDeliveries } from '#lib/management/webhooks/replay.ts'
import { rotateWebhookSecret } from '#lib/management/webhooks/rotate-secret.ts'
import { sendTestWebhook } from '#lib/management/webhooks/test.ts'
import { updateWebhookEndpoint } from '#lib/management/webhooks/update.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { FormState } from '../../../../../components/ui/form-state.ts'
import { word } from '../../../../argument.ts'
import { attempt, lines, text } from '../../../../attempt.ts'

type Secret = { secret: string }

const SHOWN = ['url', 'description', 'events']

const placeOf = (ctx: ManagementContext): string => `/projects/${ctx.project.slug}/webhooks`

const fieldsOf = (form: FormData) => ({ url: text(form, 'url'), description: text(form, 'description'), events: lines(form, 'events') })

export async function createEndpointAction(project: string, _: FormState<Secret>, form: FormData): Promise<FormState<Secret>> {
  const ctx = await requireMember(word(project))
  return attempt(form, SHOWN, async () => ({ secret: (await createWebhookEndpoint(ctx, fieldsOf(form))).secret }))
}

export async function updateEndpointAction(project: string, endpoint: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, SHOWN, async () => {
    await updateWebhookEndpoint(ctx, { endpointId: word(endpoint), ...fieldsOf(form) })
    revalidatePath(placeOf(ctx), 'layout')
    return null
  })
}

export async function enableEndpointAction(
  project: string,
  endpoint: string,
  enabled: boolean,
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    await updateWebhookEndpoint(ctx, { endpointId: word(endpoint), enabled: enabled === true })
    revalidatePath(placeOf(ctx), 'layout')
    return null
  })
}

export async function testEndpointAction(project: string, endpoint: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    await sendTestWebhook(ctx, { endpointId: word(endpoint) })
    revalidatePath(placeOf(ctx), 'layout')
    return null
  })
}

export async function rotateSecretAction(
  project: string,
  endpoint: string,
  _: FormState<Secret>,
  form: FormData,
): Promise<FormState<Secret>> {
  const ctx = await requireMember(word(project))
  return attempt(form, ['overlapHours'], () =>
    rotateWebhookSecret(ctx, { endpointId: word(endpoint), overlapHours: text(form, 'overlapHours') }),
  )
}

export async function deleteEndpointAction(project: string, endpoint: string, _: FormState, form: FormData): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    await deleteWebhookEndpoint(ctx, { endpointId: word(endpoint) })
    revalidatePath(placeOf(ctx), 'layout')
    redirect(placeOf(ctx))
  })
}

export async function replayAction(project: string, endpoint: string, deliveryIds: readonly string[]): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(new FormData(), [], async () => {
    const ids = Array.isArray(deliveryIds) ? deliveryIds.map(word) : []
    const { replayed } = await replayWebhookDeliveries(ctx, { endpointId: word(endpoint), deliveryIds: ids })
    revalidatePath(placeOf(ctx), 'layout')
    return replayed === 1 ? 'One delivery is on its way again' : `${replayed} deliveries are on their way again`
  })
}
