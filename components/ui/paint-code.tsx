import type { ReactNode } from 'react'

export type Language = 'ts' | 'python' | 'shell' | 'json' | 'http' | 'env' | 'text'

type Paint = 'comment' | 'string' | 'keyword' | 'name'

const colour: Record<Paint, string> = {
  comment: 'text-[var(--code-comment)]',
  string: 'text-[var(--code-string)]',
  keyword: 'text-[var(--code-keyword)]',
  name: 'text-[var(--code-name)]',
}

const STRING = `"(?:[^"\\\\\\n]|\\\\.)*"|'(?:[^'\\\\\\n]|\\\\.)*'|\`[^\`]*\``

/** Per language the groups comment, string, keyword, name; enough for our own snippets, no more. */
const grammar: Record<Language, RegExp | null> = {
  ts: new RegExp(
    `(//[^\\n]*)|(${STRING})|\\b(import|from|const|await|async|return|if|throw|new|export|function|type|let|catch|try)\\b|\\b([A-Za-z]\\w*)(?=\\()`,
    'g',
  ),
  python: new RegExp(`(#[^\\n]*)|(${STRING})|\\b(import|from|def|return|if|raise|as|class|async|await)\\b|\\b([A-Za-z]\\w*)(?=\\()`, 'g'),
  shell: new RegExp(`(#[^\\n]*)|(${STRING})|(?:(?<=\\s)(-{1,2}[A-Za-z][\\w-]*))|(\\$\\w+)`, 'g'),
  json: new RegExp(`(?!)()|(${STRING})(?!\\s*:)|\\b(true|false|null)\\b|(${STRING})(?=\\s*:)`, 'g'),
  http: new RegExp(`(?!)()|(${STRING})|^([A-Z][\\w-]*)(?=:)|\\b(\\w+)(?==)`, 'gm'),
  env: /(#[^\n]*)|(?<==)(.*)$|(?!)()|^(\w+)(?==)/gm,
  text: null,
}

/** Colours code without a parser: spans of text, never markup, so nothing in it can become HTML. */
export function paint(code: string, language: Language): ReactNode {
  const pattern = grammar[language]
  if (!pattern) return code
  const parts: ReactNode[] = []
  let end = 0
  for (const match of code.matchAll(pattern)) {
    const kind = paintOf(match)
    if (!kind) continue
    parts.push(code.slice(end, match.index))
    parts.push(
      <span key={match.index} className={colour[kind]}>
        {match[0]}
      </span>,
    )
    end = match.index + match[0].length
  }
  return [...parts, code.slice(end)]
}

function paintOf([, comment, string, keyword, name]: RegExpMatchArray): Paint | null {
  if (comment) return 'comment'
  if (string) return 'string'
  if (keyword) return 'keyword'
  return name ? 'name' : null
}
