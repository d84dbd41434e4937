import { projectOperation } from '../operation.ts'
import { nothing } from '../outputs.ts'
import { removeLogoInput, setLogoInput } from '../projects/inputs.ts'
import { removeLogo, setLogoFrom } from '../projects/logo.ts'
import { setLogoOutput } from './outputs.ts'

export const logoOperations = [
  projectOperation({
    ...{ id: 'setLogo', method: 'PUT', path: '/logo', permission: 'project:write', audit: 'project.updated' },
    summary: 'Set the picture above the pages that people see: PNG, JPEG or WebP as base64, at most 256 KB and 1024 × 1024 pixels',
    input: setLogoInput,
    output: setLogoOutput,
    run: setLogoFrom,
  }),
  projectOperation({
    ...{ id: 'removeLogo', method: 'DELETE', path: '/logo', permission: 'project:write', audit: 'project.updated' },
    summary: 'Remove that picture',
    input: removeLogoInput,
    output: nothing,
    run: (ctx) => removeLogo(ctx),
  }),
]
