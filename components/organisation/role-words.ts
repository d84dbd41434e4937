export type RoleName = 'owner' | 'admin' | 'developer' | 'viewer' | 'auditor'

/** Each role and what it may, from most to least. */
export const ROLE_WORDS: Readonly<Record<RoleName, { readonly label: string; readonly may: string }>> = {
  owner: { label: 'Owner', may: 'Everything, deleting projects included. Only owners make owners.' },
  admin: { label: 'Admin', may: 'Everything but deleting projects: settings, secrets, keys, people, API keys.' },
  developer: { label: 'Developer', may: 'Works on clients, users, scopes and resources; reads the log. No settings, secrets or people.' },
  viewer: { label: 'Viewer', may: 'Looks at everything that is set up, changes nothing. No logs.' },
  auditor: { label: 'Auditor', may: 'Looks at everything, logs included, changes nothing.' },
}

export const roleLabel = (role: string): string => (Object.hasOwn(ROLE_WORDS, role) ? ROLE_WORDS[role as RoleName].label : role)
