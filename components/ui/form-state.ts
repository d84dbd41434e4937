/** What a server action answers to a form; by default a sentence to say, or null where the form knows its own. `values` are what was typed, so that nothing has to be typed twice; never a password. */
export type FormState<Done = string | null> =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'refused'
      readonly message: string | null
      readonly fields: Record<string, string>
      readonly values: Record<string, string>
    }
  | { readonly kind: 'done'; readonly value: Done }
  /** Nothing was done: the member must first prove who they are. `useForm` asks, and sends the same form again. */
  | { readonly kind: 'reauthenticate' }

export type FormAction<Done = string | null> = (state: FormState<Done>, form: FormData) => Promise<FormState<Done>>
