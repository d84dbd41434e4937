import { env } from '#lib/env.ts'
import type { OAuthErrorCode } from '#lib/oauth/errors.ts'

/** RFC 6749 §5.2 `error_uri`: where the code is explained. Made of the code alone, so that it tells no more than that does. */
export const errorPage = (code: OAuthErrorCode): string => `${env().BASE_URL}/docs/errors#${code}`
