import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { cookies, headers } from 'next/headers'
import { connection } from 'next/server'
import type { ReactNode } from 'react'
import { Ready } from '../components/ui/ready.tsx'
import { Toaster } from '../components/ui/toast.tsx'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Gatehouse', template: '%s · Gatehouse' },
  description: 'An open-source, multi-tenant OAuth 2.1 authorization server for MCP servers.',
  referrer: 'same-origin',
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fafafa' },
    { media: '(prefers-color-scheme: dark)', color: '#0c0c0d' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  await connection() // A prerendered page's scripts carry no nonce, and the CSP would stop them.
  const chosen = (await cookies()).get('theme')?.value
  const theme = chosen === 'light' || chosen === 'dark' ? chosen : undefined
  return (
    <html
      lang={(await headers()).get('x-language') || 'en'}
      data-theme={theme}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      suppressHydrationWarning
    >
      <body>
        {children}
        <Toaster />
        <Ready />
      </body>
    </html>
  )
}
