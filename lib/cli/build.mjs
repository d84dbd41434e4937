// `npm run build`: what `npm start` builds, without starting it.
import './node-version.mjs'
import { fail } from './refusal.mjs'
import { say } from './step.mjs'
import { build, generate, install } from './steps.mjs'

try {
  await install()
  await generate()
  await build()
  say('the build is up to date')
} catch (error) {
  fail(error)
}
