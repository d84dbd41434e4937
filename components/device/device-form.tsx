import type { Words } from '#lib/words/en.ts'
import { pageWords } from '../end-user/words.ts'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'

type DeviceFormProps = { action: string; projectName: string; userCode: string | null; error: string | null }

/** A plain form that is never sent by itself: whoever was lured here by a link must still press the button. */
export async function DeviceForm({ action, projectName, userCode, error }: DeviceFormProps) {
  const all = await pageWords()
  const words = all.device
  const problem = error && problemOf(error, all)
  return (
    <>
      <header className="grid gap-2">
        <h1 className="wrap-anywhere font-semibold text-xl tracking-[-0.02em]">{words.title(projectName)}</h1>
        <p className="text-ink-soft">{userCode ? words.compare : words.enter}</p>
      </header>
      {problem && <Notice tone="bad">{problem}</Notice>}
      <form method="post" action={action} className="grid gap-4">
        <TextField
          label={all.signIn.code}
          name="user_code"
          required
          maxLength={20}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          placeholder="XXXX-XXXX"
          defaultValue={userCode ?? ''}
          hint={words.hint}
          className="h-12 text-center font-mono text-lg uppercase tracking-[0.2em]"
        />
        <Button type="submit" className="mt-1 h-10">
          {all.signIn.goOnButton}
        </Button>
      </form>
      <p className="text-[13px] text-ink-soft">{words.warning}</p>
    </>
  )
}

function problemOf(error: string, { device, problems }: Words): string {
  if (error === 'unknown') return device.unknown
  if (error === 'busy') return device.busy
  return error === 'throttled' ? problems.throttled : problems.other
}
