import type { Samples } from '../samples.ts'

export const mailSamples: Samples = {
  listMails: { input: async () => ({ locale: 'de' }) },
  sendTestMail: { input: async () => ({ kind: 'sign-in-code' }) },
}
