/** Text in which what stands between backticks is code. */
export function Prose({ text }: { text: string }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never change places
  return text.split('`').map((part, index) => (index % 2 === 1 ? <Code key={index}>{part}</Code> : part))
}

export const Code = ({ children }: { children: string }) => (
  <code className="break-words rounded bg-hover px-1 py-px font-mono text-[0.87em] text-ink">{children}</code>
)
