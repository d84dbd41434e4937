import { pageWords } from '../end-user/words.ts'
import { Button } from '../ui/button.tsx'

/** On to the customer's own sign-in page. A link and no form: a form of ours may lead to no other host. */
export async function HandoffLink({ host, href, only }: { host: string; href: string; only: boolean }) {
  const words = (await pageWords()).signIn
  return (
    <Button asChild tone={only ? 'primary' : 'secondary'} className="h-10 min-w-0">
      <a href={href}>
        <span className="truncate">{words.handoff(host)}</span>
      </a>
    </Button>
  )
}
