import type { Judged, Rule } from './requirement.ts'

/** What the owner decides, and what people read. */
export const PROJECT_RULES: readonly Rule[] = [
  {
    ...{ id: 'issuer-https', group: 'Your project', title: 'A public issuer', mend: '/domains' },
    judge: ({ issuer }) => {
      const isReady = isPublic(issuer)
      return {
        isReady,
        why: isReady
          ? 'Hosted clients reach it by https.'
          : 'Hosted clients ask from the public internet, by https; this issuer is not there.',
        evidence: issuer,
      }
    },
  },
  {
    ...{ id: 'resource', group: 'Your project', title: 'The MCP server’s URL', mend: '/resources' },
    judge: ({ project: { resources } }) => {
      const identifier = resources.find(({ isDefault }) => isDefault)?.identifier
      const isReady = identifier !== undefined && isPublic(identifier)
      return {
        isReady,
        why: isReady
          ? 'It is set, public and https: tokens carry it as their audience.'
          : identifier === undefined
            ? 'No resource is the default one.'
            : 'The default resource is not a public https URL, so no hosted client reaches it.',
        evidence: identifier ?? 'None',
      }
    },
  },
  {
    ...{ id: 'scope-words', group: 'Your project', title: 'Scopes in words', mend: '/scopes' },
    judge: ({ project: { scopes } }) => {
      const wordless = scopes.filter(({ name, description }) => description.trim() === '' || description.trim() === name)
      const isReady = scopes.length > 0 && wordless.length === 0
      return {
        isReady,
        why: isReady
          ? 'People read what each allows before they decide.'
          : scopes.length === 0
            ? 'There are no scopes, so people cannot see what they allow.'
            : `People cannot tell what ${wordless.map(({ name }) => name).join(', ')} allows.`,
        evidence: scopes.map(({ name, description }) => `${name}: ${description}`).join(' · ') || 'None',
      }
    },
  },
  {
    ...{ id: 'scope-split', group: 'Your project', title: 'Reading apart from writing', mend: '/scopes' },
    judge: ({ project: { scopes } }) => {
      const isReady = scopes.length > 1 && scopes.some(({ isRequired }) => !isRequired)
      return {
        isReady,
        why: isReady ? 'People can allow one without the other.' : 'People can only allow everything or nothing.',
        evidence:
          scopes.map(({ name, risk, isRequired }) => `${name} (${risk} risk${isRequired ? ', required' : ''})`).join(', ') || 'None',
      }
    },
  },
  {
    ...{ id: 'privacy-policy', group: 'Your project', title: 'Privacy policy', mend: '/settings#policyUrl' },
    judge: ({ project: { settings } }) => linkJudged(settings.policyUrl, 'Submission forms ask for a privacy policy.'),
  },
  {
    ...{ id: 'terms', group: 'Your project', title: 'Terms of service', mend: '/settings#termsUrl' },
    judge: ({ project: { settings } }) => linkJudged(settings.termsUrl, 'Nothing says on which terms people use it.'),
  },
  {
    ...{ id: 'support', group: 'Your project', title: 'Support', mend: '/settings#supportUrl' },
    judge: ({ project: { settings } }) => linkJudged(settings.supportUrl, 'Submission forms ask where users find help.'),
  },
  {
    ...{ id: 'reviewer', group: 'Your project', title: 'An account for reviewers', mend: '/settings/sign-in#reviewer' },
    judge: ({ project: { reviewer, settings }, now }) => {
      if (!reviewer) return { isReady: false, why: 'Reviewers need an account that works without your mailbox.', evidence: 'None' }
      const evidence = `${reviewer.email}, until ${reviewer.expiresAt.toISOString().slice(0, 10)}`
      if (reviewer.expiresAt <= now) return { isReady: false, why: 'Its code has expired.', evidence }
      if (!settings.signInEmail) return { isReady: false, why: 'Sign-in by e-mail is off, and its code is entered there.', evidence }
      return { isReady: true, why: 'It signs in with a fixed code, without a mail.', evidence }
    },
  },
]

const linkJudged = (url: string | null, missing: string): Judged => ({
  isReady: url !== null,
  why: url === null ? missing : 'It stands on the pages where people sign in and decide.',
  evidence: url ?? 'None',
})

const isPublic = (url: string): boolean => /^https:\/\/(?!localhost[:/]|127\.|\[|[^/]*\.localhost(?:[:/]|$))/.test(`${url}/`)
