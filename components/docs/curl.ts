import type { Call } from './block.ts'

const BREAK = ' \\\n  '
const MAX_LINE = 76

/** A call as a line for a POSIX shell. Variables are filled in by the shell, all else stands as it is. */
export function curlOf({ method, url, bearer, basic, form, json }: Call): string {
  const plain = method === 'POST' || method === 'GET'
  const parts = [
    `curl${plain ? '' : ` -X ${method}`} "${url}"`,
    ...(bearer ? [`-H "Authorization: Bearer $${bearer}"`] : []),
    ...(basic ? [`-u "$${basic[0]}:$${basic[1]}"`] : []),
    ...Object.entries(form ?? {}).map(([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`, value.startsWith('$'))}`),
  ]
  if (!json) return parts.join(BREAK)
  return [...parts, `-H 'Content-Type: application/json'`, bodyOf(json)].join(BREAK)
}

/** In single quotes where that is short, else as a document of its own, in which nothing needs to be escaped but what the shell reads. */
function bodyOf(json: object): string {
  const [line, pages] = [JSON.stringify(json), JSON.stringify(json, null, 2)]
  if (!hasVariable(json)) return line.length <= MAX_LINE && !line.includes("'") ? `-d '${line}'` : `-d @- <<'JSON'\n${pages}\nJSON`
  return `-d @- <<JSON\n${pages.replace(/[\\`]/g, '\\$&')}\nJSON`
}

const hasVariable = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.startsWith('$')
    : typeof value === 'object' && value !== null && Object.values(value).some((each) => hasVariable(each))

function quoted(text: string, withVariables: boolean): string {
  if (withVariables) return `"${text}"`
  return /^[\w.:/=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
