export const THEMES = ['light', 'dark', 'system'] as const
export type Theme = (typeof THEMES)[number]

const YEAR_SECONDS = 31_536_000
const CHANGED = 'theme-changed'

/** The choice is a cookie, so that the server sends the right colours at once: no flash and no script before the page. */
export function setTheme(theme: Theme): void {
  const secure = window.location.protocol === 'https:' ? '; Secure' : ''
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
  document.cookie = `theme=${theme}; Path=/; Max-Age=${theme === 'system' ? 0 : YEAR_SECONDS}; SameSite=Lax${secure}`
  window.dispatchEvent(new CustomEvent<Theme>(CHANGED, { detail: theme }))
}

/** Answers how to stop listening. */
export function onTheme(listener: (theme: Theme) => void): () => void {
  const heard = (event: Event) => listener((event as CustomEvent<Theme>).detail)
  window.addEventListener(CHANGED, heard)
  return () => window.removeEventListener(CHANGED, heard)
}
