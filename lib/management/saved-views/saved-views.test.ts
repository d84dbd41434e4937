import { expect, it } from 'vitest'
import { as, auditRows, newSetting } from '../fixtures.ts'
import { createSavedView } from './create.ts'
import { deleteSavedView } from './delete.ts'
import { listSavedViews } from './list.ts'

it('keeps a filter under a name, for every member who reads the log, until one deletes it', async () => {
  const { ctx } = await newSetting()
  const { id } = await createSavedView(ctx, { name: 'Refused', query: 'range=24h&outcome=refused' })
  await createSavedView(ctx, { name: 'Changes', query: 'kind=manage' })
  const auditor = await as('auditor', ctx)
  expect((await listSavedViews(auditor)).views).toMatchObject([
    { name: 'Changes', query: 'kind=manage' },
    { name: 'Refused', query: 'outcome=refused&range=24h' },
  ])
  await deleteSavedView(auditor, { id })
  expect((await listSavedViews(ctx)).views.map(({ name }) => name)).toEqual(['Changes'])
  const said = (await auditRows(ctx)).map(({ action }) => action)
  expect(said).toEqual(['project.created', 'saved_view.created', 'saved_view.created', 'saved_view.deleted'])
})

it.each(['', 'cursor=x', 'kind=token&event=y', 'kind=token&kind=manage', 'https://evil.example', `text=${'x'.repeat(2_001)}`])(
  'refuses the query %j and stores nothing',
  async (query) => {
    const { ctx } = await newSetting()
    await expect(createSavedView(ctx, { name: 'View', query })).rejects.toMatchObject({
      code: 'invalid',
      fields: { query: expect.any(String) },
    })
    expect((await listSavedViews(ctx)).views).toEqual([])
  },
)

it('has each name once and at most fifty', async () => {
  const { ctx } = await newSetting()
  for (let i = 0; i < 50; i++) await createSavedView(ctx, { name: `View ${i}`, query: 'kind=token' })
  await expect(createSavedView(ctx, { name: 'One more', query: 'kind=token' })).rejects.toMatchObject({ code: 'conflict' })
  const { views } = await listSavedViews(ctx)
  await deleteSavedView(ctx, { id: views[0]?.id ?? '' })
  await expect(createSavedView(ctx, { name: views[1]?.name ?? '', query: 'kind=token' })).rejects.toMatchObject({
    fields: { name: 'A view of this name exists' },
  })
})

it('shows and deletes nothing of other projects', async () => {
  const [mine, theirs] = [await newSetting(), await newSetting()]
  const { id } = await createSavedView(theirs.ctx, { name: 'Theirs', query: 'kind=token' })
  expect((await listSavedViews(mine.ctx)).views).toEqual([])
  await expect(deleteSavedView(mine.ctx, { id })).rejects.toMatchObject({ code: 'not_found' })
  expect((await listSavedViews(theirs.ctx)).views).toHaveLength(1)
})
