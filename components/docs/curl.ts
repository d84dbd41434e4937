import type { Call } from './block.ts'

const BREAK = ' \\\n  '

/** A call as a line for a POSIX shell. Variables stand in double quotes, all else in single ones. */
export function curlOf({ method, url, bearer, basic, form, json }: Call): string {
  const plain = method === 'POST' || method === 'GET'
  return [
    `curl${plain ? '' : ` -X ${method}`} "${url}"`,
    ...(bearer ? [`-H "Authorization: Bearer $${bearer}"`] : []),
    ...(basic ? [`-u "$${basic[0]}:$${basic[1]}"`] : []),
    ...Object.entries(form ?? {}).map(([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`, value.startsWith('$'))}`),
    ...(json ? [`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(json), hasVariable(json))}`] : []),
  ].join(BREAK)
}

const hasVariable = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.startsWith('$')
    : typeof value === 'object' && value !== null && Object.values(value).some((each) => hasVariable(each))

function quoted(text: string, withVariables: boolean): string {
  if (withVariables) return `"${text.replace(/["\\`]/g, '\\$&')}"`
  return /^[\w.:/=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
