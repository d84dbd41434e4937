import { pageWords } from '../end-user/words.ts'
import { Button } from '../ui/button.tsx'
import { Form } from './form.tsx'
import type { SignInProps } from './sign-in-props.ts'

/**
 * One button for each identity provider. Whoever presses one is asked nothing more before they leave, so who wants to connect and where
 * its answer goes stands beside them.
 */
export async function ProviderButtons({ action, page, prompt, only }: Pick<SignInProps, 'action' | 'page' | 'prompt'> & { only: boolean }) {
  const { providers } = page.ways
  if (providers.length === 0) return null
  const words = (await pageWords()).signIn
  const isChoice = only && providers.length === 1
  return (
    <Form action={action} page={page} intent="upstream" fields={prompt ? { prompt } : {}} className="grid gap-2.5">
      {providers.map(({ id, name }) => (
        <Button key={id} type="submit" name="provider" value={id} tone={isChoice ? 'primary' : 'secondary'} className="h-10 min-w-0">
          <span className="truncate">{words.provider(name)}</span>
        </Button>
      ))}
      {page.redirect && (
        <p className="wrap-anywhere text-[13px] text-ink-soft">
          {words.answerGoesTo(
            <strong key="redirect" className="font-medium text-ink">
              {page.redirect.display}
            </strong>,
          )}
        </p>
      )}
    </Form>
  )
}
