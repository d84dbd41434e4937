import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { sessionOptions } from '#lib/session/options.ts'

const answer = (request: NextRequest, context: RouteContext<'/api/auth/[...nextauth]'>): Promise<Response> =>
  NextAuth(request, context, sessionOptions())

export { answer as GET, answer as POST }
