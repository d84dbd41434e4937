import { pageWords } from '../end-user/words.ts'
import { Button } from '../ui/button.tsx'
import { EmailField } from './email-field.tsx'
import { Form } from './form.tsx'
import { LINK, type SignInProps } from './sign-in-props.ts'

export async function ResetForm({ action, page, hrefs }: SignInProps) {
  const words = (await pageWords()).signIn
  return (
    <>
      <p className="text-ink-soft">{words.resetText}</p>
      <Form action={action} page={page} intent="reset">
        <EmailField page={page} />
        <Button type="submit" className="mt-1 h-10">
          {words.sendLink}
        </Button>
      </Form>
      <p className="text-ink-soft">
        <a href={hrefs.signIn} className={LINK}>
          {words.back}
        </a>
      </p>
    </>
  )
}
