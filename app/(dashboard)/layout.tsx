import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { listProjects } from '#lib/management/projects/list.ts'
import { currentMember, requireMember } from '#lib/session/require-member.ts'
import { Shell } from '../../components/layout/shell.tsx'
import { signOutAction } from '../(account)/actions.ts'

export const metadata: Metadata = { robots: { index: false, follow: false } }

export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const ctx = await requireMember()
  const [member, projects, jar] = await Promise.all([currentMember(), listProjects(ctx), cookies()])
  const theme = jar.get('theme')?.value
  return (
    <Shell
      organisation={ctx.organisation.name}
      projects={projects.map(({ slug, name }) => ({ slug, name }))}
      account={{ name: member?.name ?? '', email: member?.email ?? '' }}
      theme={theme === 'light' || theme === 'dark' ? theme : 'system'}
      signOut={signOutAction}
    >
      {children}
    </Shell>
  )
}
