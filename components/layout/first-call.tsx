import { CodeBlock } from '../ui/code-block.tsx'
import { type FirstCallName, firstCall } from './first-calls.ts'

/** In an empty list: the same by a program, with this project's values. */
export function FirstCall({ name, project }: { name: FirstCallName; project: string }) {
  return (
    <div className="mt-3 min-w-0 text-left">
      <CodeBlock title="With an API key" code={firstCall(name, project)} language="shell" wrap />
    </div>
  )
}
