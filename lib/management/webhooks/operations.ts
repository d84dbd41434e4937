import { projectOperation } from '../operation.ts'
import { nothing } from '../outputs.ts'
import { createWebhookEndpoint } from './create.ts'
import { deleteWebhookEndpoint } from './delete.ts'
import { getWebhookDelivery, listWebhookDeliveries } from './deliveries.ts'
import {
  createWebhookEndpointInput,
  listWebhookDeliveriesInput,
  listWebhookEndpointsInput,
  replayWebhookDeliveriesInput,
  rotateWebhookSecretInput,
  updateWebhookEndpointInput,
  webhookDeliveryInput,
  webhookEndpointInput,
} from './inputs.ts'
import { getWebhookEndpoint, listWebhookEndpoints } from './list.ts'
import {
  createWebhookEndpointOutput,
  getWebhookDeliveryOutput,
  getWebhookEndpointOutput,
  listWebhookDeliveriesOutput,
  listWebhookEndpointsOutput,
  replayWebhookDeliveriesOutput,
  rotateWebhookSecretOutput,
  sendTestWebhookOutput,
} from './outputs.ts'
import { replayWebhookDeliveries } from './replay.ts'
import { rotateWebhookSecret } from './rotate-secret.ts'
import { sendTestWebhook } from './test.ts'
import { updateWebhookEndpoint } from './update.ts'

const ONE = '/webhooks/{endpointId}'
const reading = { permission: 'webhook:read', audit: null } as const
const writing = { permission: 'webhook:write' } as const

export const webhookOperations = [
  projectOperation({
    ...{ id: 'listWebhookEndpoints', method: 'GET', path: '/webhooks', ...reading },
    summary: 'List the endpoints that events are sent to',
    input: listWebhookEndpointsInput,
    output: listWebhookEndpointsOutput,
    run: listWebhookEndpoints,
  }),
  projectOperation({
    ...{ id: 'createWebhookEndpoint', method: 'POST', path: '/webhooks', ...writing, audit: 'webhook_endpoint.created', recent: true },
    summary: 'Send events to a URL; the signing secret is in this answer and nowhere else',
    input: createWebhookEndpointInput,
    output: createWebhookEndpointOutput,
    run: createWebhookEndpoint,
  }),
  projectOperation({
    ...{ id: 'getWebhookEndpoint', method: 'GET', path: ONE, ...reading },
    summary: 'Get one endpoint with how its deliveries went',
    input: webhookEndpointInput,
    output: getWebhookEndpointOutput,
    run: getWebhookEndpoint,
  }),
  projectOperation({
    ...{ id: 'updateWebhookEndpoint', method: 'PATCH', path: ONE, ...writing, audit: 'webhook_endpoint.updated' },
    summary: 'Change an endpoint’s URL, description or events, or switch it on or off',
    input: updateWebhookEndpointInput,
    output: nothing,
    run: updateWebhookEndpoint,
  }),
  projectOperation({
    ...{ id: 'deleteWebhookEndpoint', method: 'DELETE', path: ONE, ...writing, audit: 'webhook_endpoint.deleted', recent: true },
    summary: 'Delete an endpoint with its deliveries',
    input: webhookEndpointInput,
    output: nothing,
    run: deleteWebhookEndpoint,
  }),
  projectOperation({
    ...{
      id: 'rotateWebhookSecret',
      method: 'POST',
      path: `${ONE}/secret`,
      ...writing,
      audit: 'webhook_endpoint.secret_rotated',
      recent: true,
    },
    summary: 'Replace the signing secret; for an overlap both sign',
    input: rotateWebhookSecretInput,
    output: rotateWebhookSecretOutput,
    run: rotateWebhookSecret,
  }),
  projectOperation({
    ...{ id: 'sendTestWebhook', method: 'POST', path: `${ONE}/test`, ...writing, audit: 'webhook_endpoint.tested' },
    summary: 'Send a test.ping',
    input: webhookEndpointInput,
    output: sendTestWebhookOutput,
    run: sendTestWebhook,
  }),
  projectOperation({
    ...{ id: 'listWebhookDeliveries', method: 'GET', path: `${ONE}/deliveries`, ...reading },
    summary: 'List deliveries, newest first',
    input: listWebhookDeliveriesInput,
    output: listWebhookDeliveriesOutput,
    run: listWebhookDeliveries,
  }),
  projectOperation({
    ...{ id: 'getWebhookDelivery', method: 'GET', path: `${ONE}/deliveries/{deliveryId}`, ...reading },
    summary: 'Get one delivery with what was sent and every answer',
    input: webhookDeliveryInput,
    output: getWebhookDeliveryOutput,
    run: getWebhookDelivery,
  }),
  projectOperation({
    ...{ id: 'replayWebhookDeliveries', method: 'POST', path: `${ONE}/replay`, ...writing, audit: 'webhook_endpoint.replayed' },
    summary: 'Send deliveries again: some by their ids, or all that failed since a moment',
    input: replayWebhookDeliveriesInput,
    output: replayWebhookDeliveriesOutput,
    run: replayWebhookDeliveries,
  }),
]
