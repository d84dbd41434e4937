import { expect, it } from 'vitest'
import { z } from 'zod'
import { type Operation, organisationOperation, projectOperation } from '../operation.ts'
import { routeAt, routesOf } from './routes.ts'

const described = { permission: 'client:read', audit: null, summary: '', input: z.object({}), run: async () => {} } as const
const inProject = (id: string, method: Operation['method'], path: string) => projectOperation({ ...described, id, method, path })

const routes = routesOf([
  inProject('get', 'GET', '/things/{thingId}'),
  inProject('usage', 'GET', '/things/usage'),
  inProject('delete', 'DELETE', '/things/{thingId}'),
  inProject('project', 'GET', ''),
  organisationOperation({ ...described, id: 'projects', method: 'GET', path: '/projects' }),
])
const at = (method: string, path: string) => {
  const { match, allowed } = routeAt(routes, method, `/api/management${path}`)
  return match ? [match.operation.id, match.parameters] : allowed
}

it.each([
  ['GET', '/projects', ['projects', {}]],
  ['GET', '/projects/', ['projects', {}]],
  ['GET', '/projects/notes', ['project', { project: 'notes' }]],
  ['HEAD', '/projects/notes', ['project', { project: 'notes' }]],
  ['GET', '/projects/notes/things/a%2Fb%3F', ['get', { project: 'notes', thingId: 'a/b?' }]],
  ['GET', '/projects/notes/things/usage', ['usage', { project: 'notes' }]],
  ['DELETE', '/projects/notes/things/usage', ['delete', { project: 'notes', thingId: 'usage' }]],
])('%s %s is found', (method, path, found) => expect(at(method, path)).toEqual(found))

it.each([
  '/',
  '',
  '/projects//things/x',
  '/projects/notes/things',
  '/projects/notes/things/a/b',
  '/projects/notes/things/%ff',
  'x/projects',
])('nothing is at %s', (path) => expect(at('GET', path)).toEqual([]))

it('names the methods of a place for one that it does not have', () => {
  expect(at('PATCH', '/projects/notes/things/x')).toEqual(['GET', 'HEAD', 'DELETE'])
  expect(at('DELETE', '/projects')).toEqual(['GET', 'HEAD'])
})
