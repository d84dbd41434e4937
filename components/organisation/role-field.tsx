'use client'

import { useState } from 'react'
import { SelectField } from '../ui/field.tsx'
import { ROLE_WORDS, type RoleName } from './role-words.ts'

/** What the chosen role may stands below it. `roles`: those the reader may give. */
export function RoleField({ roles, initial, error }: { roles: readonly RoleName[]; initial: RoleName; error?: string | undefined }) {
  const [role, setRole] = useState(initial)
  return (
    <SelectField
      label="Role"
      name="role"
      value={role}
      onChange={(event) => setRole(event.target.value as RoleName)}
      hint={ROLE_WORDS[role].may}
      error={error}
    >
      {roles.map((each) => (
        <option key={each} value={each}>
          {ROLE_WORDS[each].label}
        </option>
      ))}
    </SelectField>
  )
}
