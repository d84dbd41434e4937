import type { Metadata } from 'next'
import { headers } from 'next/headers'
import type { CSSProperties, ReactNode } from 'react'
import { type PageBrand, pageBrand } from '#lib/issuer/brand.ts'
import { BrandMark } from '../../components/end-user/brand-mark.tsx'
import { KnownFailureWords } from '../../components/end-user/failure.tsx'
import { PageFooter } from '../../components/end-user/page-footer.tsx'
import { pageWords } from '../../components/end-user/words.ts'
import { classNames } from '../../components/ui/class-names.ts'
import { called } from './called.ts'

export const metadata: Metadata = { robots: { index: false, follow: false } }

/** End users are guests of the project, not of ours: its colour, its mark, a quiet sheet in the middle, and nothing that leads away. */
export default async function IssuerLayout({ children }: { children: ReactNode }) {
  const { pages, failure } = await pageWords()
  const brand = await pageBrand((await called()).issuerUrl)
  return (
    <div
      className={classNames('grid min-h-dvh grid-rows-[1fr_auto]', brand?.accent && 'accented')}
      style={brand?.accent ? coloursOf(brand.accent) : undefined}
    >
      <main className="grid content-start justify-items-center gap-6 px-4 pt-[min(10vh,6rem)] pb-8">
        {brand?.logo && <BrandMark logo={brand.logo} projectName={brand.projectName} />}
        <KnownFailureWords words={{ ...pages.failed, ...failure }}>{children}</KnownFailureWords>
      </main>
      <PageFooter brand={brand} query={(await headers()).get('x-query') ?? ''} />
    </div>
  )
}

/** Read by `.accented` of the style sheet, which knows whether it is dark. */
const coloursOf = ({ light, dark }: NonNullable<PageBrand['accent']>) =>
  ({
    ...{ '--light-solid': light.solid, '--light-solid-hover': light.solidHover, '--light-on-solid': light.onSolid },
    ...{ '--dark-solid': dark.solid, '--dark-solid-hover': dark.solidHover, '--dark-on-solid': dark.onSolid },
  }) as CSSProperties
