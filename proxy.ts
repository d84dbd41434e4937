import { type NextRequest, NextResponse } from 'next/server'

/** Pages only. It sets headers and refuses; it never grants, and it knows no tenant logic of its own. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  if (request.method === 'POST' && !(await knownOrigins(request)).includes(request.headers.get('origin') ?? ''))
    return new NextResponse('Forbidden', { status: 403 })
  const nonce = btoa(crypto.randomUUID()),
    dev = process.env.NODE_ENV === 'development'
  const csp = `default-src 'self'; script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; font-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'${await formTargets(request.nextUrl)}; frame-ancestors 'none'`
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  headers.set('content-security-policy', csp)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', csp)
  response.headers.set('referrer-policy', 'same-origin')
  return response
}
// pages only: no protocol path, no alias of one, no static file
export const config = {
  matcher: ['/((?!_next/|api/|oauth/|\\.well-known/|p/[^/]+/(?:api|oauth|\\.well-known)/|(?:authorize|token|register)$|favicon\\.ico$).*)'],
}
