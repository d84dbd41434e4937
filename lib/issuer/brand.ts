import { accentThemes } from '#lib/accent.ts'
import { pathOf } from './locate.ts'
import { resolveIssuer } from './resolve.ts'

type AccentThemes = ReturnType<typeof accentThemes>

/** How the pages of an issuer look. */
export type PageBrand = {
  readonly projectName: string
  /** Path on the origin that was called. */
  readonly logo: string | null
  readonly accent: AccentThemes | null
  readonly supportUrl: string | null
  readonly policyUrl: string | null
  readonly termsUrl: string | null
}

/** Null where no project speaks as this URL. Throws `Unavailable`. */
export async function pageBrand(issuerUrl: string | null): Promise<PageBrand | null> {
  const issuer = issuerUrl ? await resolveIssuer(issuerUrl) : null
  if (!issuer) return null
  const { accentColor, logoHash, ...links } = issuer.brand
  return {
    projectName: issuer.projectName,
    logo: logoHash && pathOf(issuer.url, `/logo/${logoHash}`),
    accent: accentColor === null ? null : accentThemes(accentColor),
    ...links,
  }
}
