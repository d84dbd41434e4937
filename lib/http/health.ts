import { takesRequests } from '#lib/issuer/health.ts'
import { NO_STORE } from './security-headers.ts'

/** 200 while requests may come to this process, 503 otherwise. For load balancers: it says nothing more. */
export async function health(): Promise<Response> {
  const healthy = await takesRequests()
  const headers = healthy ? NO_STORE : { ...NO_STORE, 'retry-after': '5' }
  return Response.json({ status: healthy ? 'ok' : 'unavailable' }, { status: healthy ? 200 : 503, headers })
}
