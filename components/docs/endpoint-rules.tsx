import { Prose } from '../site/prose.tsx'
import { ErrorLink } from './error-link.tsx'

const RULES = [
  'Addresses are below the issuer, which is `{installation}/p/{slug}` or a host of its own. Take them from the metadata.',
  'Forms are `application/x-www-form-urlencoded`, each parameter once but `resource` and `audience`. A parameter without a value counts as not sent.',
  'Credentials go into the body or a header, never into the address: there they are refused.',
  'Answers are JSON and not to be stored, but for metadata and keys, which may be kept for five minutes. They may get more members: leave alone what you do not know.',
  'Examples are for a shell; what only you can have is a variable, such as `$CODE`.',
]

/** What holds at every endpoint. */
export function EndpointRules({ errors }: { errors: readonly string[] }) {
  return (
    <ul className="grid max-w-[76ch] list-disc gap-1.5 pl-5 text-[14px] text-ink-soft">
      {RULES.map((rule) => (
        <li key={rule}>
          <Prose text={rule} />
        </li>
      ))}
      <li>
        <span className="mr-2">Any of them may answer</span>
        {errors.map((code) => (
          <span key={code} className="mr-2 inline-block">
            <ErrorLink code={code} />
          </span>
        ))}
      </li>
    </ul>
  )
}
