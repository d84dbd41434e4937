'use client'

import { EndUserFailure } from '../../components/end-user/failure.tsx'
import type { ErrorProps } from '../../components/layout/error-message.tsx'

export default function ErrorPage(props: ErrorProps) {
  return <EndUserFailure {...props} />
}
