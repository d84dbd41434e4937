import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Tabs } from '../ui/tabs.tsx'

type ProxyInstructionsProps = { host: string; installation: string; trustsProxy: boolean }

/** What, besides the record, makes a host lead here. */
export function ProxyInstructions({ host, installation, trustsProxy }: ProxyInstructionsProps) {
  const own = new URL(installation).host
  return (
    <Card>
      <CardHeader
        title="Make the host lead here"
        description="The record proves that it is yours. For browsers and clients to reach it, its address, its certificate and your proxy have to know it too."
      />
      <CardBody>
        <ol className="grid list-decimal gap-2 pl-5 text-[13px] marker:text-ink-faint">
          <li>
            Point the host at this installation: a CNAME from <Code>{host}</Code> to <Code>{own}</Code>, or the same A and AAAA records.
          </li>
          <li>Give your proxy a certificate for it. Caddy gets one by itself.</li>
          <li>
            Let the proxy hand on the name that was called, as <Code>Host</Code> or as <Code>X-Forwarded-Host</Code>.{' '}
            {trustsProxy
              ? 'This installation reads X-Forwarded-Host from its proxy (TRUST_PROXY is set).'
              : 'This installation reads Host only: X-Forwarded-Host counts where TRUST_PROXY is the number of proxies in front.'}
          </li>
        </ol>
        <Tabs
          label="Proxy"
          tabs={[
            { id: 'caddy', label: 'Caddy', panel: <CodeBlock title="Caddyfile" code={caddy(host)} /> },
            { id: 'nginx', label: 'nginx', panel: <CodeBlock title="nginx.conf" code={nginx(host)} /> },
            {
              id: 'check',
              label: 'See that it works',
              panel: (
                <CodeBlock title="From anywhere" language="shell" code={`curl -s https://${host}/.well-known/oauth-authorization-server`} />
              ),
            },
          ]}
        />
      </CardBody>
    </Card>
  )
}

const Code = ({ children }: { children: string }) => <code className="wrap-anywhere font-mono text-[12.5px]">{children}</code>

const caddy = (host: string): string => `${host} {
  reverse_proxy 127.0.0.1:3000
}`

const nginx = (host: string): string => `server {
  listen 443 ssl;
  server_name ${host};
  ssl_certificate     /etc/letsencrypt/live/${host}/fullchain.pem;
  ssl_certificate_key /etc/letsencrypt/live/${host}/privkey.pem;

  location / {
    proxy_pass http://127.0.0.1:3000;
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-Host $host;
    proxy_set_header X-Forwarded-Proto https;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
  }
}`
