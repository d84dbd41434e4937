import { describe, expect, it } from 'vitest'
import { type Fault, faultOf, Unreached, violatedConstraintOf } from './fault.ts'

/** As Prisma 7 wraps what the driver adapter was told. */
const prisma = (code: string, cause: object) =>
  Object.assign(new Error(code), { code, meta: { driverAdapterError: { name: 'DriverAdapterError', cause } } })
const postgres = (code: string, message = '') => Object.assign(new Error(message), { code, severity: 'ERROR' })
const socket = (code: string) => Object.assign(new Error(code), { code, syscall: 'connect', errno: -111 })

describe('a fault', () => {
  it.each<[string, unknown, Fault]>([
    ['40001 from pg', postgres('40001'), 'conflict'],
    ['40001 through the ORM', prisma('P2034', { originalCode: '40001', kind: 'TransactionWriteConflict' }), 'conflict'],
    ['40001 through raw SQL', prisma('P2010', { originalCode: '40001', kind: 'TransactionWriteConflict' }), 'conflict'],
    ['40P01', prisma('P2034', { originalCode: '40P01' }), 'conflict'],
    ['57014', prisma('P2010', { originalCode: '57014', kind: 'postgres' }), 'down'],
    ['25006', prisma('P2039', { originalCode: '25006', kind: 'postgres' }), 'read_only'],
    ['25006 from pg', postgres('25006'), 'read_only'],
    ['53100', prisma('P2010', { originalCode: '53100', kind: 'postgres' }), 'down'],
    ['53300', prisma('P2037', { originalCode: '53300', kind: 'TooManyConnections' }), 'unreached'],
    ['57P01', postgres('57P01'), 'lost'],
    ['57P03', postgres('57P03'), 'unreached'],
    ['08006', postgres('08006'), 'lost'],
    ['connection refused', socket('ECONNREFUSED'), 'unreached'],
    ['connection refused through Prisma', prisma('P1001', { kind: 'DatabaseNotReachable' }), 'unreached'],
    ['connection reset', socket('ECONNRESET'), 'lost'],
    ['connection reset through Prisma', prisma('P2010', { kind: 'ConnectionClosed' }), 'lost'],
    ['a backend killed under a query', new Error('Connection terminated unexpectedly'), 'lost'],
    ['a connection that was dead before', new Error('Client has encountered a connection error and is not queryable'), 'stale'],
    ['a prepared statement of an older schema', postgres('0A000', 'cached plan must not change result type'), 'stale'],
    ['a pool that gave no connection', new Error('timeout exceeded when trying to connect'), 'down'],
    [
      'a server that did not answer the connection',
      new Error('Connection terminated due to connection timeout', { cause: new Error('Connection terminated unexpectedly') }),
      'down',
    ],
    ['a query without an answer', new Error('Query read timeout'), 'silent'],
    ['an interactive transaction that expired', Object.assign(new Error('expired'), { code: 'P2028' }), 'down'],
    ['a pool that was replaced', new Error('Cannot use a pool after calling end on the pool'), 'unreached'],
    ['a connection lost while it was made', new Unreached(new Error('Connection terminated unexpectedly')), 'unreached'],
  ])('is seen in %s', (_, error, fault) => expect(faultOf(error)).toBe(fault))

  it.each([
    ['a domain error', new Error('The project is full')],
    ['a violated constraint', postgres('23505')],
    ['wrong SQL', postgres('42601')],
    ['a missing table', prisma('P2010', { originalCode: '42P01', kind: 'TableDoesNotExist' })],
    ['nothing at all', undefined],
    ['a string', 'lost'],
  ])('is not seen in %s', (_, error) => expect(faultOf(error)).toBeNull())

  it.each([
    ['pg', Object.assign(postgres('23505'), { constraint: 'project_slug_key' })],
    ['Prisma', prisma('P2002', { originalCode: '23505', constraint: { index: 'project_slug_key' } })],
    ['raw SQL through Prisma', prisma('P2010', { originalCode: '23505', constraint: { index: 'project_slug_key' } })],
  ])('names the violated constraint from %s', (_, error) => expect(violatedConstraintOf(error)).toBe('project_slug_key'))
})
