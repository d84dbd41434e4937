import { headers } from 'next/headers'
import type { Words } from '#lib/words/en.ts'
import { ago, pageWords } from '../end-user/words.ts'
import { AddPasskey } from '../passkeys/add-passkey.tsx'
import { browserName } from '../passkeys/browser-name.ts'
import { passkeyWordsOf } from '../passkeys/passkey-words.ts'
import { LINK } from '../sign-in/sign-in-props.ts'
import { Button } from '../ui/button.tsx'
import { AccountSection } from './account-card.tsx'
import { AccountForm, type AccountFormProps } from './account-form.tsx'

type Passkey = { credentialId: string; name: string; createdAt: Date; lastUsedAt: Date | null }

type PasskeySectionProps = {
  form: AccountFormProps
  passkeys: {
    kept: readonly Passkey[]
    /** Signed in recently enough. */
    mayChange: boolean
    full: boolean
  }
  /** Where to sign in again. */
  signInHref: string
}

export async function PasskeySection({ form, passkeys: { kept, mayChange, full }, signInHref }: PasskeySectionProps) {
  const all = await pageWords()
  const words = all.passkeys
  return (
    <AccountSection title={words.title} description={words.description}>
      {kept.length === 0 ? (
        <p className="text-ink-soft">{words.none}</p>
      ) : (
        <ul className="grid gap-3">
          {kept.map((passkey) => (
            <PasskeyItem key={passkey.credentialId} form={form} passkey={passkey} mayChange={mayChange} />
          ))}
        </ul>
      )}
      {!mayChange && (
        <p className="text-[13px] text-ink-soft">
          {words.signInAgain((text) => (
            <a key="again" href={signInHref} className={LINK}>
              {text}
            </a>
          ))}
        </p>
      )}
      {mayChange && full && <p className="text-[13px] text-ink-soft">{words.full}</p>}
      {mayChange && !full && <AddPasskey {...form} words={passkeyWordsOf(all)} suggestedName={await suggestedName(words)} />}
    </AccountSection>
  )
}

async function PasskeyItem({ form, passkey, mayChange }: { form: AccountFormProps; passkey: Passkey; mayChange: boolean }) {
  const { credentialId, name, createdAt, lastUsedAt } = passkey
  const words = (await pageWords()).passkeys
  const added = await ago(createdAt)
  return (
    <li className="flex items-center justify-between gap-4">
      <div className="grid min-w-0 gap-0.5">
        <span className="wrap-anywhere">{name}</span>
        <span className="text-[13px] text-ink-soft">
          {lastUsedAt ? words.addedAndUsed(added, await ago(lastUsedAt)) : words.added(added)}
        </span>
      </div>
      {mayChange && (
        <AccountForm {...form} intent="remove-passkey" fields={{ passkey: credentialId }} className="flex">
          <Button type="submit" tone="secondary" size="sm" aria-label={words.removeNamed(name)}>
            {words.remove}
          </Button>
        </AccountForm>
      )}
    </li>
  )
}

/** What most people would call a passkey that they add here. */
async function suggestedName({ nameOf }: Words['passkeys']): Promise<string> {
  const known = browserName((await headers()).get('user-agent') ?? '')
  return known ? nameOf(known.browser, known.device) : ''
}
