/** A form as it stands in a page's source, with what a browser would send if nothing in it were touched. */
export type HtmlForm = {
  readonly action: string
  readonly method: string
  readonly multipart: boolean
  /** Hidden, text and ticked fields, in their order. */
  readonly fields: readonly Field[]
  readonly buttons: readonly Field[]
}

export type Field = { readonly name: string; readonly value: string; readonly type: string; readonly ticked: boolean }

/** Forms of our own pages, which React writes: attributes are quoted, tags are closed. */
export function formsIn(html: string): HtmlForm[] {
  return [...html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, attributes = '', content = '']) => {
    const form = attributesOf(attributes)
    const named = [...content.matchAll(/<(input|button|select|textarea)\b([^>]*)>/g)].map(([, tag = '', text = '']) => fieldOf(tag, text))
    return {
      action: form.get('action') ?? '',
      method: (form.get('method') ?? 'get').toUpperCase(),
      multipart: form.get('enctype')?.toLowerCase() === 'multipart/form-data',
      fields: named.filter(({ type, name }) => type !== 'submit' && name !== ''),
      buttons: named.filter(({ type }) => type === 'submit'),
    }
  })
}

/** What a person would read first. */
export const textOf = (html: string): string =>
  html
    .replace(/<script.*?<\/script>|<style.*?<\/style>|<[^>]*>/gs, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, 300)

/** The address of the link with exactly this text; null when there is none. */
export function linkNamed(html: string, text: string): string | null {
  const links = [...html.matchAll(/<a\b([^>]*)>(.*?)<\/a>/gs)]
  const [, attributes] = links.find(([, , content = '']) => content.replace(/<[^>]*>/g, '').trim() === text) ?? []
  return attributes === undefined ? null : (attributesOf(attributes).get('href') ?? null)
}

function fieldOf(tag: string, text: string): Field {
  const attributes = attributesOf(text)
  const type = tag === 'button' ? (attributes.get('type') ?? 'submit') : (attributes.get('type') ?? 'text')
  return { name: attributes.get('name') ?? '', value: attributes.get('value') ?? '', type, ticked: attributes.has('checked') }
}

function attributesOf(text: string): Map<string, string> {
  const pairs = [...text.matchAll(/([^\s=]+)(?:="([^"]*)")?/g)]
  return new Map(pairs.map(([, name = '', value = '']) => [name.toLowerCase(), unescapeHtml(value)]))
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const unescapeHtml = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
    return decimal ? String.fromCodePoint(Number(decimal)) : (ENTITIES[name ?? ''] ?? whole)
  })
