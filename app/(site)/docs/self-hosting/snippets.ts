export const MAKE_A_SECRET = `node -e "console.log(require('crypto').randomBytes(32).toString('base64url'))"`

export const PRODUCTION_ENV = `BASE_URL=https://auth.example.com
DATABASE_URL=postgresql://gatehouse:password@db.internal:5432/gatehouse

# three different ones, from the command below
NEXTAUTH_SECRET=
KEY_ENCRYPTION_KEY=
TOKEN_PEPPER=

# one proxy of yours in front
TRUST_PROXY=1

SMTP_URL=smtp://user:password@mail.example.com:587
MAIL_FROM=no-reply@auth.example.com`

export const COMPOSE = `services:
  gatehouse:
    build: .
    restart: unless-stopped
    env_file: .env            # BASE_URL, the three secrets, TRUST_PROXY, SMTP_URL, MAIL_FROM
    environment:
      DATABASE_URL: postgresql://gatehouse:\${POSTGRES_PASSWORD}@db:5432/gatehouse
      DRAIN_SECONDS: 5
    ports:
      - "127.0.0.1:3000:3000"
    volumes:
      - /var/backups/gatehouse:/backups   # writable for user 1000
    stop_grace_period: 30s
    depends_on:
      db:
        condition: service_healthy

  db:
    image: postgres:17
    restart: unless-stopped
    environment:
      POSTGRES_USER: gatehouse
      POSTGRES_DB: gatehouse
      POSTGRES_PASSWORD: \${POSTGRES_PASSWORD}
    volumes:
      - database:/var/lib/postgresql/data
    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U gatehouse"]
      interval: 5s

volumes:
  database:`

export const COMPOSE_COMMANDS = `docker compose up --detach --build
docker compose exec gatehouse node .next/cli.mjs project list`

export const CADDY = `auth.example.com {
  reverse_proxy 127.0.0.1:3000 {
    transport http {
      keepalive 4s
    }
  }
}`

export const NGINX = `server {
  listen 443 ssl;
  server_name auth.example.com;
  ssl_certificate     /etc/letsencrypt/live/auth.example.com/fullchain.pem;
  ssl_certificate_key /etc/letsencrypt/live/auth.example.com/privkey.pem;

  location / {
    proxy_pass http://127.0.0.1:3000;
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-Host $host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
  }
}`

export const BACKUP = `npm run cli -- backup --to /var/backups/gatehouse/$(date +%F).backup
npm run cli -- backup --check /var/backups/gatehouse/$(date +%F).backup

# from a container
docker compose exec gatehouse sh -c 'node .next/cli.mjs backup --to /backups/$(date +%F).backup'`

export const RESTORE = `# an empty database; the secrets of then in .env
npm run cli -- restore --from /var/backups/gatehouse/2026-11-21.backup
npm start

# in containers
docker compose run --rm gatehouse sh -c \\
  'node lib/cli/migrate.mjs && node .next/cli.mjs restore --from /backups/2026-11-21.backup'
docker compose up --detach`

export const UPGRADE = `npm run cli -- backup --to /var/backups/gatehouse/before.backup
git pull
npm start                     # or: docker compose up --detach --build`

export const HEALTH = `curl -i https://auth.example.com/api/health

HTTP/1.1 200 OK
{"status":"ok"}`
