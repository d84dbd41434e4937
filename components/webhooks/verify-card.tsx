import { Card, CardBody, CardHeader } from '../ui/card.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Tabs } from '../ui/tabs.tsx'

const LIBRARY = `import express from 'express'
import { Webhook } from 'standardwebhooks'

const webhook = new Webhook(process.env.GATEHOUSE_WEBHOOK_SECRET)
const app = express()

app.post('/gatehouse', express.raw({ type: 'application/json' }), (request, response) => {
  try {
    const event = webhook.verify(request.body, request.headers) // throws unless it is ours, whole and fresh
    console.log(event.type, event.data)
    response.sendStatus(204)
  } catch {
    response.sendStatus(401)
  }
})
app.listen(3000)`

const BY_HAND = `import { createHmac, timingSafeEqual } from 'node:crypto'

/** \`body\` is the text that arrived, before it is parsed. */
export function isGenuine(headers, body, secret = process.env.GATEHOUSE_WEBHOOK_SECRET) {
  const { 'webhook-id': id, 'webhook-timestamp': sentAt, 'webhook-signature': signatures } = headers
  if (Math.abs(Date.now() / 1000 - Number(sentAt)) > 300) return false
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const expected = createHmac('sha256', key).update(\`\${id}.\${sentAt}.\${body}\`).digest()
  return signatures.split(' ').some((each) => {
    const given = Buffer.from(each.slice('v1,'.length), 'base64')
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
}`

/** How a receiver knows what comes from here. */
export function VerifyCard() {
  return (
    <Card>
      <CardHeader
        title="Verify what arrives"
        description="Signed by Standard Webhooks. An event may arrive twice and out of order: webhook-id tells which you have had."
      />
      <CardBody>
        <Tabs
          label="Ways to verify"
          tabs={[
            {
              id: 'library',
              label: 'Express',
              panel: <CodeBlock title="receiver.js" language="ts" code={LIBRARY} note="npm i express standardwebhooks" />,
            },
            { id: 'node', label: 'Node, no library', panel: <CodeBlock title="signature.js" language="ts" code={BY_HAND} /> },
          ]}
        />
      </CardBody>
    </Card>
  )
}
