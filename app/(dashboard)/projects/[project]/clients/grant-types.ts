import { GRANT_BOXES } from '../../../../../components/clients/grant-boxes.ts'
import { text, ticked } from '../../../../attempt.ts'

/** What a client's form ticks. Refresh tokens come with what a person allows; `otherGrants` is what the form has no box for. */
export function grantTypesOf(form: FormData): string[] {
  const boxes = GRANT_BOXES.filter(({ name }) => ticked(form, name)).map(({ grant }) => grant)
  const people = boxes.some((grant) => grant !== 'client_credentials')
  return [...boxes, ...(people ? ['refresh_token'] : []), ...text(form, 'otherGrants').split(' ').filter(Boolean)]
}
