import { inkOn } from '#lib/accent.ts'
import { wordsIn } from '#lib/words/words.ts'
import type { Letter, Sender } from './letter.ts'

const PLAIN_ACCENT = '#18181b'

/** The text part: it says everything, for readers without HTML. */
export function textOf({ opening, code, link, closing }: Letter, sender: Sender): string {
  const { supportUrl } = sender.brand
  const footer = [sentBy(sender), ...(supportUrl ? [`${wordsIn(sender.locale).mail.help}: ${supportUrl}`] : [])].join('\n')
  const parts = [...opening, ...(code ? [code] : []), ...(link ? [`${link.label}:\n${link.href}`] : []), ...closing, `-- \n${footer}`]
  return `${parts.join('\n\n')}\n`
}

/** One column, no script, nothing fetched: a picture that loads from a server tells it who reads when. */
export function htmlOf(letter: Letter, sender: Sender): string {
  const { accentColor, supportUrl } = sender.brand
  const accent = accentColor ?? PLAIN_ACCENT
  const { opening, code, link, closing } = letter
  const body = [
    ...opening.map(paragraph),
    ...(code ? [`<p style="margin:24px 0;font:600 32px/1.2 ui-monospace,monospace;letter-spacing:6px">${escapeHtml(code)}</p>`] : []),
    ...(link ? [button(link, accent)] : []),
    ...closing.map(paragraph),
  ].join('')
  const help = supportUrl
    ? ` <a href="${escapeHtml(supportUrl)}" style="color:#52525b">${escapeHtml(wordsIn(sender.locale).mail.help)}</a>`
    : ''
  return `<!doctype html><html lang="${sender.locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${escapeHtml(letter.subject)}</title></head><body style="margin:0;background:#fafafa;color:#18181b;font:16px/1.6 system-ui,sans-serif"><div style="max-width:480px;margin:0 auto;padding:32px 16px"><div style="padding:32px;border-top:4px solid ${accent};background:#ffffff"><p style="margin:0 0 24px;font-weight:600">${escapeHtml(sender.projectName)}</p>${body}</div><p style="margin:16px 0 0;color:#52525b;font-size:13px">${escapeHtml(sentBy(sender))}${help}</p></div></body></html>`
}

const sentBy = ({ projectName, issuerUrl, locale }: Sender): string => wordsIn(locale).mail.sentBy(projectName, new URL(issuerUrl).host)

const paragraph = (text: string): string => `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`

/** The address stands below as text: people should see where a button leads. */
const button = ({ label, href }: { label: string; href: string }, accent: string): string =>
  `<p style="margin:24px 0"><a href="${escapeHtml(href)}" style="display:inline-block;padding:10px 18px;border-radius:8px;background:${accent};color:${inkOn(accent)};text-decoration:none;font-weight:600">${escapeHtml(label)}</a></p><p style="margin:0 0 24px;color:#52525b;font-size:13px;word-break:break-all">${escapeHtml(href)}</p>`

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
