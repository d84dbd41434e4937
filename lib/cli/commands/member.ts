import { requireNewProof, resetSecondFactor } from '#lib/management/account/by-operator.ts'
import { COMMAND_LINE } from '#lib/management/command-line.ts'
import { type Command, text } from './command.ts'

const resetFactor: Command = {
  usage: '--email EMAIL',
  summary: 'Switch off the second factor of a member who lost their phone and their recovery codes',
  flags: { email: text },
  async run(flags) {
    const email = flags.required('email')
    const wasOn = await resetSecondFactor(COMMAND_LINE, { email })
    return { data: { email, wasOn }, text: wasOn ? `${email} logs in with the password alone.` : `${email} has no second factor.` }
  },
}

const requireProof: Command = {
  usage: '--email EMAIL',
  summary: 'Have a member prove who they are before the next act that asks for it, in every session of theirs',
  flags: { email: text },
  async run(flags) {
    const email = flags.required('email')
    const sessions = await requireNewProof({ email })
    return { data: { email, sessions }, text: `${email} is asked for proof in ${sessions} sessions.` }
  },
}

export const memberCommands = { 'member reset-second-factor': resetFactor, 'member require-proof': requireProof }
