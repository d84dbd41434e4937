import { commandLineProject } from '#lib/management/command-line.ts'
import { rotateKeys } from '#lib/management/keys/rotate.ts'
import { rotateProjectSecrets } from '#lib/management/secrets/rotate-all.ts'
import { type Command, text, UsageError } from './command.ts'
import { list } from './output.ts'

const rotateSecret: Command = {
  usage: '--project SLUG --kind registration|server [--overlap HOURS]',
  summary: 'Show a new secret, once; older ones end after the overlap, which is 0 unless given',
  flags: { project: text, kind: text, overlap: text },
  async run(flags) {
    const kind = flags.oneOf('kind', ['registration', 'server'])
    if (!kind) throw new UsageError('--kind is missing')
    const overlapHours = flags.wholeNumber('overlap') ?? 0
    const { secret } = await rotateProjectSecrets(await commandLineProject(flags.required('project')), { kind, overlapHours })
    return { data: { kind, secret, overlapHours }, text: list({ [`New ${kind} secret`]: secret }) }
  },
}

const rotateSigningKeys: Command = {
  usage: '--project SLUG',
  summary: 'Sign with the next key from now on; the current one still verifies',
  flags: { project: text },
  async run(flags) {
    const rotation = await rotateKeys(await commandLineProject(flags.required('project')))
    const when = rotation.outcome === 'rotated' ? 'Signs now' : 'Signs after one more rotation'
    return { data: rotation, text: list({ [when]: rotation.kid }) }
  },
}

export const secretCommands = { 'secret rotate': rotateSecret, 'keys rotate': rotateSigningKeys }
