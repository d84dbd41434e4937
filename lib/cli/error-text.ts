const SECRET_SHAPES = [
  /gate_[a-z]+_[\w.-]+/g, // every credential of ours
  /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, // a JWT
  /\b(postgres(?:ql)?:\/\/)[^\s@]+@/g, // user and password of a database URL
  /[\w+/=-]{32,}/g, // keys, hashes, random values
]

/**
 * An error for the log of a process: name, code, redacted message and frames. Prisma's messages repeat the values of the query that
 * failed, so of those only the frames are told.
 */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return redact(String(error))
  const { name, message, stack = '' } = error
  const code = 'code' in error ? ` ${String(error.code)}` : ''
  const told = name.startsWith('Prisma') ? '' : `: ${redact(message)}`
  const frames = stack.split('\n').filter((line) => line.startsWith('    at '))
  return [`${name}${code}${told}`, ...frames.slice(0, 12)].join('\n')
}

function redact(text: string): string {
  return SECRET_SHAPES.reduce((clean, shape) => clean.replace(shape, '[redacted]'), text)
}
