import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Article } from '../../../../../components/docs/article.tsx'
import { guideOf } from '../../../../../components/docs/moving/guides.ts'

export async function generateMetadata({ params }: PageProps<'/docs/moving/[from]'>): Promise<Metadata> {
  const guide = guideOf((await params).from)
  return guide ? { title: guide.title, description: guide.summary } : {}
}

export default async function MovingGuidePage({ params }: PageProps<'/docs/moving/[from]'>) {
  const guide = guideOf((await params).from)
  if (!guide) notFound()
  return <Article {...guide} />
}
