import { ErrorLink } from '../docs/error-link.tsx'
import { Notice } from '../ui/notice.tsx'
import { errorFor } from './reason-errors.ts'
import { reasonWords } from './reason-words.ts'

/** A stable code, a sentence, the likely cause and the fix. */
export function ReasonNotice({ code }: { code: string }) {
  const words = reasonWords(code)
  if (!words) return null
  const error = errorFor(code)
  return (
    <Notice tone="warn" title={words.says}>
      <p className="mb-1.5">
        <code className="font-mono text-[12px]">{code}</code>
      </p>
      <p>
        <span className="font-medium text-ink">Likely cause.</span> {words.cause}
      </p>
      <p>
        <span className="font-medium text-ink">What to do.</span> {words.fix}
      </p>
      {error && (
        <p>
          <span className="font-medium text-ink">The client gets.</span> <ErrorLink code={error} />
        </p>
      )}
    </Notice>
  )
}
