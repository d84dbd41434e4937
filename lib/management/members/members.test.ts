import { describe, expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { CALLER, newMember, unique } from '../fixtures.ts'
import { authenticateMember } from './authenticate.ts'
import { organisationContextOf } from './contexts.ts'
import { createMember } from './create.ts'

const PASSWORD = 'correct horse battery'
const newAddress = () => `${unique('ann')}@example.com`

describe('createMember', () => {
  it('makes an owner of a new organisation, under one spelling of the address', async () => {
    const email = newAddress()
    const { memberId, organisationId } = await createMember({ name: 'Ann', email: ` ${email.toUpperCase()} `, password: PASSWORD })
    const ctx = await organisationContextOf(memberId, CALLER)

    expect(ctx).toMatchObject({
      organisation: { id: organisationId, name: "Ann's organisation" },
      actor: { kind: 'member', id: memberId, email },
    })
    expect(ctx.permissions.has('project:create')).toBe(true)
    expect((await prisma().member.findUniqueOrThrow({ where: { id: memberId } })).passwordHash).toMatch(
      /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/,
    )
  })

  it('gives an address to one of many at the same moment and leaves nothing of the others', async () => {
    const [email, name] = [newAddress(), unique('Ann')]
    const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => createMember({ name, email, password: PASSWORD })))
    expect(outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []))).toEqual(Array(3).fill('conflict'))
    expect(await prisma().organisation.count({ where: { name: `${name}'s organisation` } })).toBe(1)
  })

  it.each([
    ...['"a@evil.example"@victim.example', 'a@b@c', 'ann＠example.com@evil.example', 'ann@exa\r\nmple.com', 'ann', '@example.com', 'ann@'],
    ...[
      'ann@exаmple.com',
      `${'a'.repeat(65)}@example.com`,
      `a@${'b'.repeat(320)}.com`,
      'a b@example.com',
      'ann@-example.com',
      'ann@example..com',
    ],
  ])('refuses the address %j', async (email) => {
    await expect(createMember({ name: 'Ann', email, password: PASSWORD })).rejects.toMatchObject({
      code: 'invalid',
      fields: { email: expect.any(String) },
    })
  })

  it.each(['elevenchars', 'x'.repeat(129), ''])('refuses the password %j', async (password) => {
    await expect(createMember({ name: 'Ann', email: newAddress(), password })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('limits sign-ups per address', async () => {
    const address = unique('address')
    const signUp = () => createMember({ name: 'Ann', email: 'bad', password: PASSWORD }, address).catch((error) => error.code)
    expect(await signUp()).toBe('invalid')
    const tries = await Promise.all(
      Array.from({ length: 31 }, () =>
        createMember({ name: 'Ann', email: newAddress(), password: PASSWORD }, address).catch((error) => error.code),
      ),
    )
    expect(tries.filter((outcome) => outcome === 'too_many_requests')).toHaveLength(1)
  })
})

describe('authenticateMember', () => {
  it('knows a member by address, in any case, and password', async () => {
    const email = newAddress()
    const { memberId } = await createMember({ name: 'Ann', email, password: PASSWORD })
    const member = await authenticateMember({ email: email.toUpperCase(), password: PASSWORD })

    expect(member).toEqual({ id: memberId, email, name: 'Ann', hasSecondFactor: false })
  })

  it('answers a wrong password, an unknown address and nonsense alike', async () => {
    const email = newAddress()
    await createMember({ name: 'Ann', email, password: PASSWORD })
    expect(await authenticateMember({ email, password: 'wrong horse battery' })).toBeNull()
    expect(await authenticateMember({ email: newAddress(), password: PASSWORD })).toBeNull()
    expect(await authenticateMember({ email: 'nonsense', password: PASSWORD })).toBeNull()
    expect(await authenticateMember({ email, password: 'x'.repeat(10_000) })).toBeNull()
  })

  it('takes as long for an unknown address as for a wrong password', async () => {
    const email = newAddress()
    await createMember({ name: 'Ann', email, password: PASSWORD })
    const taken: { known: number[]; unknown: number[] } = { known: [], unknown: [] }
    // In turn, and the fastest of each: what else the machine does at the time must not count.
    for (let i = 0; i < 12; i++) {
      taken.known.push(await timeOf(() => authenticateMember({ email, password: 'wrong horse battery' }, unique('address'))))
      taken.unknown.push(await timeOf(() => authenticateMember({ email: newAddress(), password: PASSWORD }, unique('address'))))
    }
    const [known, unknown] = [Math.min(...taken.known), Math.min(...taken.unknown)]
    expect(unknown / known).toBeGreaterThan(0.5)
    expect(unknown / known).toBeLessThan(2)
  })

  it('refuses to go on guessing at one account, existing or not, from one address', async () => {
    const email = newAddress()
    await createMember({ name: 'Ann', email, password: PASSWORD })
    for (const guessed of [email, newAddress()]) {
      const address = unique('address')
      const guess = () => authenticateMember({ email: guessed, password: 'wrong horse battery' }, address)
      for (let i = 0; i < 10; i++) expect(await guess()).toBeNull()
      await expect(guess()).rejects.toMatchObject({ code: 'too_many_requests', retryAfterSeconds: expect.any(Number) })
    }
  })

  it('refuses to go on trying many accounts from one address', async () => {
    const address = unique('address')
    const tries = Array.from({ length: 61 }, () =>
      authenticateMember({ email: newAddress(), password: PASSWORD }, address).catch((error) => error.code),
    )
    expect((await Promise.all(tries)).filter((outcome) => outcome === 'too_many_requests')).toHaveLength(1)
  })

  it('does not let strangers lock a member out of where the member signed in before', async () => {
    const email = newAddress()
    const home = unique('home')
    await createMember({ name: 'Ann', email, password: PASSWORD })
    expect(await authenticateMember({ email, password: PASSWORD }, home)).not.toBeNull()
    for (let i = 0; i < 50; i++) await authenticateMember({ email, password: 'wrong horse battery' }, unique('stranger'))

    await expect(authenticateMember({ email, password: PASSWORD }, unique('stranger'))).rejects.toMatchObject({ code: 'too_many_requests' })
    expect(await authenticateMember({ email, password: PASSWORD }, home)).not.toBeNull()
  })

  it('does not count right passwords', async () => {
    const email = newAddress()
    await createMember({ name: 'Ann', email, password: PASSWORD })
    for (let i = 0; i < 55; i++) expect(await authenticateMember({ email, password: PASSWORD })).not.toBeNull()
  })
})

describe('organisationContextOf', () => {
  it('finds nothing for somebody who is no member', async () => {
    await expect(organisationContextOf('00000000-0000-7000-8000-00000000dead', CALLER)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('takes the permissions from the role', async () => {
    const permissions = async (role: 'owner' | 'viewer') => (await organisationContextOf(await newMember(role), CALLER)).permissions
    expect((await permissions('owner')).has('secret:write')).toBe(true)
    expect([...(await permissions('viewer'))].filter((permission) => !permission.endsWith(':read'))).toEqual([])
  })
})

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}
