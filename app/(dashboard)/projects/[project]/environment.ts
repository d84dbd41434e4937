import { cache } from 'react'
import { getEnvironment } from '#lib/management/projects/twin.ts'

/** For the frame of a project and the page in it: asked once per request. */
export const currentEnvironment = cache(getEnvironment)
