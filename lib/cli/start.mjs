const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node ${process.version} is too old: 20.19 or newer is needed.`)
  process.exit(1)
}
const steps = await import('./steps.mjs')
const dev = process.argv.includes('--dev')
const port = Number(process.env.PORT ?? 3000),
  base = process.env.BASE_URL ?? `http://localhost:${port}`
const secrets = { NEXTAUTH_SECRET: steps.secret('NEXTAUTH_SECRET') } // first, so that a refusal leaves nothing running; the key-encryption key and the pepper likewise
steps.install()
steps.generate()
let db
if (!process.env.DATABASE_URL) {
  steps.say('starting embedded Postgres')
  const { startPostgres } = await import('./postgres.mjs')
  db = await startPostgres({ root: steps.root })
}
const url = process.env.DATABASE_URL ?? db.url
const { migrate } = await import('./migrate.mjs')
const applied = await migrate(url, steps.inRoot('prisma/migrations'))
steps.say(`database ready${applied.length ? `, ${applied.length} migrations applied` : ''}`)
if (!dev) await steps.build()
const server = steps.serve(port, { DATABASE_URL: url, BASE_URL: base, NEXTAUTH_URL: base, ...secrets }, { dev })
let stopping
const stop = (signal) => {
  if (!stopping) {
    stopping = true
    server.kill(signal)
  }
}
for (const s of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(s, () => stop('SIGTERM'))
server.on('exit', async (code) => {
  await db?.stop()
  process.exit(stopping ? 0 : (code ?? 1))
})
