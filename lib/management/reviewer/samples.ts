import { type Setting, unique } from '../fixtures.ts'
import { setReviewer } from '../projects/reviewer.ts'
import { updateProject } from '../projects/update.ts'
import type { Samples } from '../samples.ts'

const newReviewer = async ({ ctx }: Setting) => {
  await updateProject(ctx, { signInEmail: true })
  return { email: `${unique('reviewer')}@example.com`, days: 30 }
}

export const reviewerSamples: Samples = {
  getReviewer: { input: async () => ({}) },
  setReviewer: { input: newReviewer },
  clearReviewer: {
    input: async (setting) => {
      await setReviewer(setting.ctx, await newReviewer(setting))
      return {}
    },
  },
}
