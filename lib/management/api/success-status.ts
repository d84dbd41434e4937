import type { Operation } from '../operation.ts'

/** 204 for a verb that gives nothing, 201 for one that makes something, else 200. */
export function successStatusOf(operation: Pick<Operation, 'method' | 'audit'>, result: unknown): 200 | 201 | 204 {
  return result === undefined ? 204 : statusOfContent(operation)
}

/** The same where something is given. */
export const statusOfContent = ({ method, audit }: Pick<Operation, 'method' | 'audit'>): 200 | 201 =>
  method === 'POST' && audit?.endsWith('.created') ? 201 : 200
