// Imported first by everything that runs before an install: an old Node otherwise fails with a syntax error of some package.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node ${process.versions.node} is too old: 20.19 or newer is needed (22 is recommended).`)
  process.exit(1)
}
