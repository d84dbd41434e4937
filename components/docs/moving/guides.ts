import { auth0 } from './auth0.ts'
import { descope } from './descope.ts'
import { fastMcp } from './fastmcp.ts'
import type { Guide } from './guide.ts'
import { keycloak } from './keycloak.ts'
import { stytch } from './stytch.ts'
import { workOs } from './workos.ts'

export const guides: readonly Guide[] = [fastMcp, workOs, descope, stytch, auth0, keycloak]

export const guideOf = (slug: string): Guide | undefined => guides.find((guide) => guide.slug === slug)
