import { Notice } from '../ui/notice.tsx'

/** Above the one page that is left. */
export function SecondFactorNeeded({ organisation }: { organisation: string }) {
  return (
    <div className="mx-auto w-full max-w-6xl px-4 pt-6 sm:px-8">
      <Notice tone="warn" title={`${organisation} asks for a second factor`}>
        Set up an authenticator app or a passkey below. Until then nothing else of this organisation opens.
      </Notice>
    </div>
  )
}
