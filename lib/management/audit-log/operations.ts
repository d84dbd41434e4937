import { projectOperation } from '../operation.ts'
import { exportAuditEvents } from './export.ts'
import { getAuditEvent } from './get.ts'
import { groupErrors } from './group-errors.ts'
import { exportAuditEventsInput, getAuditEventInput, groupErrorsInput, listAuditEventsInput, tailAuditEventsInput } from './inputs.ts'
import { listAuditEvents } from './list.ts'
import { exportAuditEventsOutput, getAuditEventOutput, groupErrorsOutput, listAuditEventsOutput, tailAuditEventsOutput } from './outputs.ts'
import { tailAuditEvents } from './tail.ts'

export const auditLogOperations = [
  projectOperation({
    ...{ id: 'listAuditEvents', method: 'GET', path: '/audit-events', permission: 'audit:read', audit: null },
    summary: 'List what happened, newest first',
    input: listAuditEventsInput,
    output: listAuditEventsOutput,
    run: listAuditEvents,
  }),
  projectOperation({
    ...{ id: 'tailAuditEvents', method: 'GET', path: '/audit-tail', permission: 'audit:read', audit: null },
    summary: 'List what happened since an event, to be asked again and again',
    input: tailAuditEventsInput,
    output: tailAuditEventsOutput,
    run: tailAuditEvents,
  }),
  projectOperation({
    ...{ id: 'getAuditEvent', method: 'GET', path: '/audit-events/{id}', permission: 'audit:read', audit: null },
    summary: 'Get one event',
    input: getAuditEventInput,
    output: getAuditEventOutput,
    run: getAuditEvent,
  }),
  projectOperation({
    ...{ id: 'exportAuditEvents', method: 'POST', path: '/audit-exports', permission: 'audit:read', audit: 'audit_log.exported' },
    summary: 'Take up to a thousand events of the log away, newest first; each page is itself recorded',
    input: exportAuditEventsInput,
    output: exportAuditEventsOutput,
    run: exportAuditEvents,
  }),
  projectOperation({
    ...{ id: 'groupErrors', method: 'GET', path: '/errors', permission: 'audit:read', audit: null },
    summary: 'List what went wrong, by kind, with how often, since when and when last',
    input: groupErrorsInput,
    output: groupErrorsOutput,
    run: groupErrors,
  }),
]
