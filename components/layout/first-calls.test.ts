import { describe, expect, it } from 'vitest'
import { forPrograms, fullPathOf } from '#lib/management/api/routes.ts'
import { operations } from '#lib/management/operations.ts'
import { FIRST_CALLS, type FirstCallName, firstCall } from './first-calls.ts'

describe.each(Object.keys(FIRST_CALLS) as FirstCallName[])('the call of an empty list, %s', (name) => {
  const operation = forPrograms(operations).find(({ id }) => id === name)

  it('is one that the management API has, and takes', () => {
    const { path, body } = FIRST_CALLS[name]
    expect([operation?.method, operation && fullPathOf(operation)]).toEqual(['POST', `/projects/{project}${path}`])
    expect(operation?.input.safeParse(body).error?.issues ?? []).toEqual([])
  })

  it('names this project, and holds no secret', () => {
    expect(firstCall(name, 'notes-test')).toContain('/api/management/projects/notes-test/')
    expect(firstCall(name, 'notes-test')).not.toMatch(/gate_/)
  })
})
