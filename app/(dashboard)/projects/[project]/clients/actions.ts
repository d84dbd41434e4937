'use server'

import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { blockClients } from '#lib/management/clients/block.ts'
import { createClient } from '#lib/management/clients/create.ts'
import { createClientInput } from '#lib/management/clients/inputs.ts'
import { revokeClients } from '#lib/management/clients/revoke.ts'
import { unblockClients } from '#lib/management/clients/unblock.ts'
import { requireMember } from '#lib/session/require-member.ts'
import type { CreatedClient } from '../../../../../components/clients/client-form.tsx'
import { GRANT_BOXES } from '../../../../../components/clients/grant-boxes.ts'
import type { FormState } from '../../../../../components/ui/form-state.ts'
import { word } from '../../../../argument.ts'
import { attempt, lines, optional, text } from '../../../../attempt.ts'
import { doneFor } from '../done-for.ts'
import { grantTypesOf } from './grant-types.ts'

const SHOWN = ['name', 'logoUri', 'redirectUris', 'tokenEndpointAuthMethod', 'keys', 'scope', ...GRANT_BOXES.map(({ name }) => name)]

/** A client with a secret is shown it once, in this answer; one without has nothing to show, so its page is next. */
export async function createClientAction(project: string, _: FormState<CreatedClient>, form: FormData): Promise<FormState<CreatedClient>> {
  const ctx = await requireMember(word(project))
  return attempt(form, SHOWN, async () => {
    const { clientId, clientSecret } = await createClient(ctx, createClientInput.parse(clientOf(form)))
    const clients = `/projects/${ctx.project.slug}/clients`
    revalidatePath(clients)
    if (clientSecret === null) redirect(`${clients}/${encodeURIComponent(clientId)}`)
    return { clientId, clientSecret }
  })
}

const VERBS = { block: blockClients, unblock: unblockClients, delete: revokeClients }

/** Many clients together, each with its own row in the log. */
export async function changeClientsAction(
  project: string,
  act: 'block' | 'unblock' | 'delete',
  clientIds: string[],
  _: FormState,
  form: FormData,
): Promise<FormState> {
  const ctx = await requireMember(word(project))
  return attempt(form, [], async () => {
    const verb = VERBS[z.enum(['block', 'unblock', 'delete']).parse(act)]
    const { changed } = await verb(ctx, { clientIds })
    revalidatePath(`/projects/${ctx.project.slug}`, 'layout')
    return doneFor(changed, clientIds.length)
  })
}

/** One field for both: what begins like a URL is one. It is out of sight where no key is used, and then does not count. */
function keysOf(form: FormData): { jwks?: string; jwksUri?: string } {
  const keys = text(form, 'tokenEndpointAuthMethod') === 'private_key_jwt' ? optional(form, 'keys') : undefined
  if (keys === undefined) return {}
  return /^https?:/.test(keys) ? { jwksUri: keys } : { jwks: keys }
}

const clientOf = (form: FormData) => ({
  name: text(form, 'name'),
  logoUri: optional(form, 'logoUri'),
  redirectUris: lines(form, 'redirectUris'),
  tokenEndpointAuthMethod: text(form, 'tokenEndpointAuthMethod'),
  ...keysOf(form),
  grantTypes: grantTypesOf(form),
  scope: optional(form, 'scope'),
})
