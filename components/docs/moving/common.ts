import type { Block, Section } from '../block.ts'
import { CREATE_CLIENT, CREATE_PROJECT, CREATE_SCOPE, CREATE_USER, confirmOwnPage, mintFor, USE_OWN_PAGE } from './calls.ts'
import { BOTH_IN_METADATA, TWO_ISSUERS } from './two-issuers.ts'

export const setUp: Section = {
  id: 'set-up',
  title: '1. Make the project',
  blocks: [
    'In the dashboard, or with an API key that may make projects (organisation, API keys). A test twin, with an issuer and keys of its own, lets you try the whole move first.',
    {
      title: 'Before the first call',
      language: 'shell',
      code: `export GATEHOUSE_URL=https://auth.example.com
export GATEHOUSE_API_KEY=gate_key_…`,
    },
    { call: CREATE_PROJECT },
    'Keep the two secrets: they are shown once. Then name what comes back.',
    {
      title: 'What the next calls use',
      language: 'shell',
      code: `export PROJECT=notes
export ISSUER=https://auth.example.com/p/notes
export GATEHOUSE_SERVER_SECRET=gate_srv_…`,
    },
    'A project begins with the scopes `read` and `write`. Bring yours over, in words that the consent page shows:',
    { call: CREATE_SCOPE },
  ],
}

/** `sub`: one of theirs, as an example. `first`: what is best where people come from. */
export const people = (name: string, sub: string, first: readonly Block[] = []): Section => ({
  id: 'people',
  title: '2. People',
  blocks: [
    ...first,
    `Your own sign-in page keeps the ids that your data knows. The page where people sign in today, by ${name} or anything else, becomes the way in: browsers come to it with a signed request, your backend says who it is, and \`user.id\` becomes the \`sub\` of the tokens. Hand over the old \`sub\` and nothing in your database changes.`,
    { call: USE_OWN_PAGE },
    { call: confirmOwnPage(sub) },
    'Send that browser on to `redirect_to`; consent follows there. `$REQUEST` is the `request` parameter your page was opened with, a JWT by the project’s keys. A whole backend for it, in under sixty lines, is `e2e/handoff-backend/` of the source.',
    'Token exchange needs no browser: a backend that has signed somebody in already mints a token for the same id.',
    { call: mintFor(sub) },
    'Users can also be added one by one. Password hashes are not taken over: give each a password and send the reset mail, or let people sign up, or sign in by e-mail code, where `sub` is new and the address is what links them to your data.',
    { call: CREATE_USER },
  ],
})

export const clients: Section = {
  id: 'clients',
  title: '3. Clients',
  blocks: [
    'Most need nothing. ChatGPT, Claude, Claude Code, VS Code and Codex are known by their metadata document, which is on by default. Cursor, Copilot, Gemini CLI and mcp-remote register themselves, if you open registration in the settings.',
    'A client whose id somebody typed in, of a partner or of your own, is made here and gets a new `client_id`, and a new secret if it has one: secrets are kept as hashes everywhere, so nobody can carry them over. List what the old server has, and call once for each:',
    { call: CREATE_CLIENT },
    '`tokenEndpointAuthMethod` is `none`, `client_secret_basic`, `client_secret_post` or `private_key_jwt` (with `jwks` or `jwksUri`). A loopback address matches at any port. All fields: [createClient](/docs/management-api#createClient).',
  ],
}

/** `more`: for those who check tokens otherwise than in JavaScript. */
export const server = (more: readonly Block[] = []): Section => ({
  id: 'server',
  title: '4. Your MCP server trusts both',
  blocks: [
    'Before any client is sent here, the server accepts tokens of either issuer. Ours differ in four things: `iss` is the project’s issuer, the keys are at `<issuer>/.well-known/jwks.json`, `alg` is `ES256` (or `RS256`, by the project’s choice), and `typ` is `at+jwt`. `aud` is the URL of your MCP server, byte for byte as the project has it; the user is `sub`, the client `client_id`, and `scope` a text with blanks.',
    ...(more.length > 0 ? more : [{ code: TWO_ISSUERS, title: 'verify.js', language: 'ts' } as const]),
    'Code for seven kinds of server, filled in, is on the project’s quick start page.',
  ],
})

export const both = (name: string): Section => ({
  id: 'both',
  title: '5. The metadata names both, ours first',
  blocks: [
    'Your resource metadata may list several authorization servers. Claude uses the first and no other, and a client that can choose begins there: so whoever connects from now on comes here.',
    { code: BOTH_IN_METADATA, title: '/.well-known/oauth-protected-resource/mcp', language: 'json' },
    `Who is connected already goes on: a client refreshes where it got its tokens. It comes here once ${name} refuses a refresh, or when its user connects again. MCP 2026-07-28 has clients keep credentials by issuer and register anew at another one, so none will try its old id here.`,
    'Serve the document at the path form and at the root: some clients ask at one place only.',
  ],
})

export const notice: Section = {
  id: 'notice',
  title: '6. What people notice',
  blocks: [
    {
      list: [
        'Each connects once more: they sign in and see the consent page of the new issuer, with the client, where it will return to, and a box per scope.',
        'Tools, their names and what the server remembers of people stay, as long as `sub` does.',
        'Their connected apps are listed at `<issuer>/connected-apps`, where they can end each of them.',
        'Nothing, where they have not connected again yet.',
      ],
    },
  ],
}

export const ending = (name: string): Section => ({
  id: 'ending',
  title: '7. Ending it',
  blocks: [
    {
      steps: [
        `Watch the old side: once no token of ${name} has come for as long as its refresh tokens live, nobody depends on it.`,
        `Take ${name} out of \`authorization_servers\`. Clients read that document again at the next 401.`,
        'Take the old issuer out of your verifier. Whoever still had one of its tokens gets a 401 and connects anew.',
        'Delete the application there, and its secrets with it.',
      ],
    },
    'Going back is the same the other way round, for as long as the old application exists.',
  ],
})
