import type { Answer } from './door.ts'
import { type HtmlForm, textOf } from './html-form.ts'

/** What a browser shows after a navigation; or where it was sent, when that was away from the installation. */
export type Shown = Answer & { readonly url: URL; readonly forms: readonly HtmlForm[]; readonly leftFor: URL | null }

/** The form that has a field or a button of this name. Throws, and says what stands there instead. */
export function formWith({ forms, url, status, body }: Shown, name: string): HtmlForm {
  const form = forms.find(({ fields, buttons }) => [...fields, ...buttons].some((field) => field.name === name))
  if (!form) throw new Error(`no form with ${name} on ${url.pathname} (${status}): ${textOf(body)}`)
  return form
}
