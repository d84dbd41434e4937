import { read } from '#lib/db/transaction.ts'
import { dashboardSender } from '#lib/mail/dashboard-sender.ts'
import { mailDelivery } from '#lib/mail/delivery.ts'
import type { Sender } from '#lib/mail/letter.ts'
import { firstOrganisationOf } from './context.ts'

/** In whose name a member gets mail about their own account; counted where their acts are told. */
export const senderFor = async (memberId: string): Promise<Sender> =>
  dashboardSender((await read((db) => firstOrganisationOf(db, memberId))) ?? memberId)

/** Whether members can be mailed at all: otherwise what needs mail is not offered. */
export const canMailMembers = (): boolean => mailDelivery() !== 'none'
