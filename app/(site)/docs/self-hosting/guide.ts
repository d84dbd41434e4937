import type { GuideSection } from '../../../../components/site/guide.tsx'
import { BACKUP, CADDY, COMPOSE, COMPOSE_COMMANDS, HEALTH, MAKE_A_SECRET, NGINX, PRODUCTION_ENV, RESTORE, UPGRADE } from './snippets.ts'

/** From a first start to an installation that somebody relies on. */
export const GUIDE: readonly GuideSection[] = [
  {
    id: 'start',
    title: 'On one machine',
    words: [
      'Node 20.19 or newer and npm are all it needs. `npm start` installs what is missing, starts a PostgreSQL of its own, applies migrations, builds once and serves on `http://localhost:3000`.',
      'Data and secrets lie in `.data/`. That is enough to try it and to develop against; the same code with other variables is what runs in production.',
    ],
    code: [{ title: 'In the folder of the repository', code: 'npm start', language: 'shell' }],
  },
  {
    id: 'production',
    title: 'In production',
    words: [
      'A `BASE_URL` that is not on this machine means production. Then the three secrets must be given: one that is missing, short, repeated or an example stops the start and says how to make it.',
      'Choose `BASE_URL` for good: each issuer’s URL is stored with it, and clients hold on to their issuer.',
      'Everything is set by variables, from the environment or from `.env`; the environment wins. The whole list is below.',
    ],
    code: [
      { title: '.env', code: PRODUCTION_ENV, language: 'env' },
      { title: 'A secret', code: MAKE_A_SECRET, language: 'shell' },
    ],
  },
  {
    id: 'containers',
    title: 'With Docker',
    words: [
      'The `Dockerfile` builds an image without a database, without secrets and without developer tools. It runs as user `node`, applies migrations when it starts, listens on port 3000 and tells Docker how it is. Several may start at once: one of them migrates, the others wait.',
      'The file below takes `.env` as it stands above, with one line more: `POSTGRES_PASSWORD`, of letters and digits. The command line is inside: `node .next/cli.mjs` is what `npm run cli --` is elsewhere.',
    ],
    code: [
      { title: 'compose.yaml', code: COMPOSE, language: 'env' },
      { title: 'First start', code: COMPOSE_COMMANDS, language: 'shell' },
    ],
  },
  {
    id: 'postgresql',
    title: 'PostgreSQL',
    words: ['Set `DATABASE_URL` to a database of its own in PostgreSQL 15 or newer. It needs no extension.'],
    points: [
      'The role has to own the database, or be allowed to create tables and a schema in it: migrations need that.',
      'It has to be the primary. A standby in recovery stops the start.',
      'The clocks of both machines may differ by less than five seconds, or the start stops: use NTP.',
      'Each process opens up to `DATABASE_POOL_SIZE` connections. All processes together must stay below `max_connections`.',
      'With a standby, replicate synchronously: a failover to an asynchronous one can lose a revocation that was acknowledged.',
    ],
  },
  {
    id: 'proxy',
    title: 'Reverse proxy',
    words: [
      'TLS ends in front of Gatehouse. Let the proxy hand on the name that was called as `Host`, and set `TRUST_PROXY` to the number of proxies of yours in front: rate limits and the audit log take the caller’s address from `X-Forwarded-For`, counted from the right. With 0 every forwarded header is ignored.',
      'The scheme is that of `BASE_URL`; `X-Forwarded-Proto` is not read. Send everything to Gatehouse, cache nothing that says `no-store`, and leave `WWW-Authenticate`, `Location` and `Set-Cookie` alone.',
      'Gatehouse closes a connection that was idle for five seconds. A proxy or load balancer that keeps connections to it open must let go of them sooner, or now and then a request meets a closed one and its caller a 502.',
    ],
    code: [
      { title: 'Caddyfile', code: CADDY },
      { title: 'nginx.conf', code: NGINX },
    ],
  },
  {
    id: 'hosts',
    title: 'Issuers on hosts of their own',
    words: ['Every project speaks at `BASE_URL/p/<slug>`, which needs nothing. Two more ways need DNS and certificates:'],
    points: [
      '`ISSUER_HOST`: with a wildcard record and a wildcard certificate, each project also speaks at `https://<slug>.<ISSUER_HOST>`.',
      'A custom domain: claim it in the dashboard, below Issuers & domains, and put the TXT record that it names at `_gatehouse.<host>`. Point the host at your proxy, give it a certificate, and hand on `Host`.',
      'The record is looked for every day. When it has been missing for 72 hours, the project no longer speaks there; with the record it comes back by itself.',
    ],
  },
  {
    id: 'mail',
    title: 'Mail',
    words: [
      'Set `SMTP_URL` and `MAIL_FROM`. Without them nothing that needs mail is offered: no sign-in by mailed code, no password reset, no confirmed addresses. On localhost mail is kept instead of sent, and shown at `/mailbox`.',
      'The settings of a project show its mails as people get them, and send one to you.',
    ],
  },
  {
    id: 'backup',
    title: 'Backup and restore',
    words: [
      '`backup` writes every row of every table, as they were at one moment, into one compressed file that only its owner may read. Servers go on meanwhile. It works for the embedded PostgreSQL and for any other, and replaces no file unless you say `--force`. `--check` reads a file to its end and says whether one byte is missing or wrong.',
      '`restore` takes a database with the same migrations and not one row in it, and puts everything back in one transaction: all of it, or nothing. Stop the servers first and start them afterwards.',
    ],
    code: [
      { title: 'Back up', code: BACKUP, language: 'shell' },
      { title: 'Restore', code: RESTORE, language: 'shell' },
    ],
    points: [
      'Keep `KEY_ENCRYPTION_KEY` and `TOKEN_PEPPER` too, and apart from the file: it holds signing keys sealed by the one, and hashes that need the other. `restore` says when those here are not the ones it was made with.',
      'On localhost the secrets are files in `.data/`: `key_encryption_key`, `token_pepper` and `nextauth_secret`. Copy them to the same place before you start anew.',
      'After a restore with the same secrets, access tokens still verify and refresh tokens still rotate: clients notice nothing.',
      'What was revoked after the backup lives again. Revoke those grants anew, or all of them, and rotate the signing keys when you cannot tell which.',
      'A file holds the addresses and hashes of your users: encrypt it where it rests.',
      'The tools of PostgreSQL do as well, if you have them.',
    ],
  },
  {
    id: 'upgrade',
    title: 'Upgrades, and back',
    words: [
      'Migrations run when a new release starts, one process at a time. A process refuses to start on a database that lacks a migration of its own.',
      'Migrations only add, or loosen what was asked for; a test holds every one of them to that. So the release before goes on while the new one starts, and to go back you start it again: its database may be ahead. Only when you need the data of before as well, restore the backup, with the release that wrote it.',
    ],
    code: [{ title: 'Upgrade', code: UPGRADE, language: 'shell' }],
  },
  {
    id: 'health',
    title: 'Health, and what to watch',
    words: [
      '`/api/health` is 200 while the database answers and has every migration, and 503 with `Retry-After` otherwise. `/status` shows the same to people, with the version, the signing keys and mail.',
      'On SIGTERM it says 503 for `DRAIN_SECONDS` while requests are still answered, so that a load balancer notices first; then requests under way get ten seconds. Faults of the database are answered by 503 with `Retry-After`, never by an OAuth error that makes a client drop its credentials.',
    ],
    code: [{ title: 'From anywhere', code: HEALTH, language: 'http' }],
    points: [
      'The share of 5xx answers, as your proxy counts them.',
      'Lines of the log that begin with `uncaught:`, `unhandled:`, `housekeeping:` or `webhooks:`.',
      'The size of the database. The audit log is most of it.',
      'That last night’s backup is there, and `backup --check` likes it.',
    ],
  },
  {
    id: 'processes',
    title: 'More than one process',
    words: [
      'One process answers on one port; `WEB_CONCURRENCY` is not read. For more, start more of them, or more containers, behind a load balancer. All state is in the database, so any process takes any request and nothing has to be sticky.',
      'Each of them cleans up, rotates due keys and sends webhooks; the database decides who does what. Rate limits are kept in each process’s memory: n processes allow n times as much. A changed setting is seen by all within a second, a changed key within five.',
    ],
  },
  {
    id: 'retention',
    title: 'What is kept, and for how long',
    words: ['Every five minutes what is over is deleted, in short statements that nobody waits for.'],
    points: [
      'The audit log of a project: a year, or what its settings say, from one day to ten years, or for ever. The log of an organisation: a year.',
      'Authorization codes and refresh tokens: 25 hours after they end, so that a replay is recognised.',
      'Clients that registered without a secret and were never allowed anything: 30 days after they last tried.',
      'Webhook deliveries and their answers: 30 days.',
      'Sign-ins, mailed codes, device codes and hand-offs: until they end, at most an hour more.',
    ],
  },
  {
    id: 'limits',
    title: 'Limits',
    words: ['Each is of one process. A caller beyond one gets 429 with `Retry-After`.'],
    points: [
      'Registration: 60 a minute for one address, 600 for a project.',
      'Authorization: 120 a minute for one address, 3,000 for a project.',
      'Tokens minted for your backend: 6,000 a minute for a project. Introspection: 60,000 for one caller.',
      'Wrong client credentials: 20 a minute for one client from one address.',
      'The management API: 600 a minute for one key.',
      'A request has 10 seconds and 16 KB for its headers, 30 seconds and 64 KB for a body of the protocol or the management API.',
    ],
  },
]
