import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { expect, test, visit } from '../fixtures.ts'
import { createClient } from '../support/client.ts'

type Arrived = { readonly headers: IncomingHttpHeaders; readonly body: string }

/** A customer's backend, which keeps what came. */
async function startReceiver(): Promise<{ url: string; arrived: Arrived[]; answerWith: (status: number) => void; server: Server }> {
  const arrived: Arrived[] = []
  let answer = 204
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk
    })
    request.once('end', () => {
      arrived.push({ headers: request.headers, body })
      response.writeHead(answer).end(answer === 204 ? undefined : 'not today')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const answerWith = (status: number): void => {
    answer = status
  }
  return { url: `http://127.0.0.1:${port}/hook`, arrived, answerWith, server }
}

test('an endpoint hears a test and then an event, each verified by the published library; what failed is shown and sent again', async ({
  dashboard: page,
  project,
}) => {
  const receiver = await startReceiver()
  const typesOf = () => receiver.arrived.map(({ body }) => JSON.parse(body).type as string)
  try {
    await visit(page, `/projects/${project.slug}/webhooks`)
    await expect(page.getByRole('heading', { name: 'Nobody is told yet' })).toBeVisible()
    await page.getByRole('button', { name: 'Add endpoint' }).click()
    await page.getByLabel('URL').fill(receiver.url)
    await page.getByLabel('Events').fill('client.*')
    await page.getByRole('dialog').getByRole('button', { name: 'Add endpoint' }).click()
    const secret = await page.getByRole('dialog').locator('code').innerText()
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    await page.getByRole('button', { name: 'I stored it' }).click()
    await page.getByRole('link', { name: receiver.url }).click()

    await page.getByRole('button', { name: 'Send a test' }).click()
    await expect.poll(typesOf, { timeout: 20_000 }).toEqual(['test.ping'])

    const client = await createClient(project, 'https://client.example/callback')
    await expect.poll(typesOf, { timeout: 20_000 }).toEqual(['test.ping', 'client.created'])
    const [, event] = receiver.arrived as [Arrived, Arrived]
    expect(new Webhook(secret).verify(event.body, event.headers as Record<string, string>)).toMatchObject({
      data: { project: project.slug, clientId: client.client_id },
    })

    receiver.answerWith(500)
    await page.reload()
    await page.getByRole('button', { name: 'Send a test' }).click()
    await expect.poll(() => receiver.arrived.length, { timeout: 20_000 }).toBeGreaterThanOrEqual(3)
    await expect(async () => {
      await page.reload()
      await expect(page.getByText('Trying again')).toBeVisible({ timeout: 1_000 })
    }).toPass({ timeout: 20_000 })
    await page.getByRole('link', { name: 'test.ping' }).first().click()
    const panel = page.getByRole('dialog')
    await expect(panel.getByText('HTTP 500').first()).toBeVisible()
    await expect(panel.getByText('not today').first()).toBeVisible()

    receiver.answerWith(204)
    await panel.getByRole('button', { name: 'Send again' }).click()
    await expect(async () => {
      await page.reload()
      await expect(page.getByRole('dialog').getByText('Delivered')).toBeVisible({ timeout: 1_000 })
    }).toPass({ timeout: 20_000 })
    expect(new Set(receiver.arrived.slice(2).map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  } finally {
    receiver.server.closeAllConnections()
    await new Promise((resolve) => receiver.server.close(resolve))
  }
})
