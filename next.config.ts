import type { NextConfig } from 'next'

const config: NextConfig = {
  poweredByHeader: false,
  skipTrailingSlashRedirect: true,
  images: { unoptimized: true },
  turbopack: { root: import.meta.dirname },
  allowedDevOrigins: ['*.localhost'],
  serverExternalPackages: ['pg', '@node-rs/argon2', '@prisma/client', '@prisma/adapter-pg', 'nodemailer'],
  experimental: { serverActions: { bodySizeLimit: '64kb' } },
  // Path issuers reach the same handlers; these read the issuer from the URL the client called. An issuer on a host of its own needs no routing.
  rewrites: async () => ({
    beforeFiles: [
      { source: '/p/:project/api/oauth/:endpoint*', destination: '/api/oauth/:endpoint*' },
      { source: '/p/:project/oauth/:endpoint*', destination: '/oauth/:endpoint*' },
      {
        source: '/p/:project/.well-known/:document(oauth-authorization-server|openid-configuration|jwks\\.json)',
        destination: '/.well-known/:document',
      },
      { source: '/p/:project/logo/:hash', destination: '/logo/:hash' },
      { source: '/p/:project/client-logo/:hash', destination: '/client-logo/:hash' },
      { source: '/p/:project/:page(sign-in|email|account|consent|device|connected-apps)/:rest*', destination: '/:page/:rest*' },
      { source: '/p/:path*', destination: '/api/oauth/unknown' }, // JSON 404; must come after those
      { source: '/authorize', destination: '/oauth/authorize' }, // what 2025-03-26 clients guess
      { source: '/:endpoint(token|register)', destination: '/api/oauth/:endpoint' },
    ],
    afterFiles: [],
    fallback: [],
  }),
}

export default config
