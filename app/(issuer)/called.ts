import { headers } from 'next/headers'

/** Which issuer the URL of this page spoke to, and the browser's cookies. */
export async function called(): Promise<{ issuerUrl: string | null; cookies: string | null }> {
  const all = await headers()
  return { issuerUrl: all.get('x-issuer-url') || null, cookies: all.get('cookie') }
}

/** One value of a query parameter; null for none or several. */
export const one = (value: string | string[] | undefined): string | null => (typeof value === 'string' ? value : null)
