import { headers } from 'next/headers'
import { addressFrom } from '#lib/caller-address.ts'
import type { Device } from '#lib/management/account/session.ts'

/** Where the caller sits, as far as they and the proxies tell. */
export async function callersDevice(): Promise<Device> {
  const sent = await headers()
  return { address: addressFrom((name) => sent.get(name)), userAgent: sent.get('user-agent') ?? undefined }
}

/** For verbs that are called before there is a context: signing in and up. */
export const callersAddress = async (): Promise<string | undefined> => (await callersDevice()).address
