import { pageWords } from '../end-user/words.ts'
import { Button } from '../ui/button.tsx'
import { NewPasswordField } from '../ui/new-password-field.tsx'
import { EmailField } from './email-field.tsx'
import { Form } from './form.tsx'
import { LINK, type SignInProps } from './sign-in-props.ts'

/** Where the address has to be proven first, the password is chosen afterwards. */
export async function SignUpForm({ action, page, hrefs }: SignInProps) {
  const words = (await pageWords()).signIn
  const byMail = page.ways.passwordSignUp === 'by-mail'
  return (
    <>
      <Form action={action} page={page} intent="sign-up">
        <EmailField page={page} {...(byMail ? { hint: words.emailHint } : {})} />
        {!byMail && <NewPasswordField label={words.password} name="password" hint={words.passwordHint} className="h-10" />}
        <Button type="submit" className="mt-1 h-10">
          {byMail ? words.goOnButton : words.create}
        </Button>
      </Form>
      <p className="text-ink-soft">
        {words.haveAccount}{' '}
        <a href={hrefs.signIn} className={LINK}>
          {words.signIn}
        </a>
      </p>
    </>
  )
}
