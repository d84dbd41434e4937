import type { Block } from './block.ts'

export type Question = {
  readonly id: string
  readonly asks: string
  /** The short answer, which stands for itself. */
  readonly answer: string
  readonly more: readonly Block[]
}

export type QuestionGroup = { readonly id: string; readonly title: string; readonly questions: readonly Question[] }

const registration: QuestionGroup = {
  id: 'registration',
  title: 'Registration',
  questions: [
    {
      id: 'what-is-rfc-7591',
      asks: 'What is RFC 7591?',
      answer:
        'Dynamic client registration: a client sends its name and redirect URIs to the authorization server with one POST and gets a `client_id` back, and a `client_secret` if it can keep one.',
      more: [
        'It takes the place of a person who fills in a form in a developer console. Here it is `POST <issuer>/api/oauth/register`, guarded by the project’s registration secret, open to anybody, or off: [what we do of it](/docs/standards#rfc-7591).',
      ],
    },
    {
      id: 'when-is-registration-needed',
      asks: 'Does an MCP client have to register?',
      answer:
        'No. Since MCP 2025-11-25 a client may use the URL of a document that describes it as its `client_id`; since 2026-07-28 registration is deprecated and kept for clients that have no document.',
      more: [
        'The order that the specification names: an id that the client was given beforehand, then its metadata document, then registration. ChatGPT, Claude, Claude Code, VS Code, Codex, Zed and OpenCode have documents. Cursor, Copilot, Gemini CLI and mcp-remote register.',
      ],
    },
    {
      id: 'which-clients-need-what',
      asks: 'Which clients work with a project as it is made?',
      answer:
        'All that publish a metadata document. For those that register, open registration in the settings, or make a client by hand: they cannot hold your registration secret.',
      more: [
        {
          compare: {
            label: 'Clients and what they need',
            sides: ['How it introduces itself', 'What your project needs'],
            rows: [
              ['ChatGPT', 'metadata document, by `none` or with its key', 'nothing'],
              ['Claude, Claude Code', 'metadata document, else registration', 'nothing'],
              ['VS Code, Codex', 'metadata document, else registration', 'nothing'],
              ['Cursor', 'registration, three redirect URIs', 'open registration, or a client by hand'],
              ['Copilot Studio, M365 Copilot', 'registration, wants a secret', 'open registration, or a client by hand'],
              ['Gemini CLI, mcp-remote, Inspector', 'registration, without a secret', 'open registration, or a client by hand'],
              ['Your own agent', 'whatever you like', 'a client by hand, or the registration secret'],
            ],
          },
        },
        'The quick start page of a project says of each client whether it can connect now.',
      ],
    },
    {
      id: 'without-registration',
      asks: 'Can I do without registration altogether?',
      answer: 'Yes. Switch it off: clients with a metadata document and clients made by hand connect as before.',
      more: [
        'With `registrationMode` `off` the metadata names no registration endpoint, and the endpoint answers 404. A backend that has signed its users in needs no client at all: it mints tokens by [token exchange](/docs/downstream#for-the-user).',
      ],
    },
    {
      id: 'provider-without-registration',
      asks: 'My identity provider cannot register clients. Do I have to leave it?',
      answer: 'No. Let it sign people in, and let an authorization server that MCP clients understand stand between.',
      more: [
        'Google, GitHub and Microsoft Entra do not register clients of strangers. Add the provider to a project (settings, sign-in): people go on signing in there, clients speak to the project’s issuer, and your server gets tokens for itself alone. Without that, each client of each user has to be made by hand in the provider’s console, or a proxy in your server has to pretend: see [FastMCP](/docs/moving/fastmcp).',
      ],
    },
    {
      id: 'is-open-registration-safe',
      asks: 'Is open registration safe?',
      answer:
        'A registered client can do nothing until a person allows it. What it costs is rows and attention, so it is limited, and what nobody uses goes away.',
      more: [
        'A registered client’s name is its own claim and is shown as unverified on the consent page, with the host that it returns to; consent is asked each time. An address may register 60 times a minute, and a project holds a bounded number of clients that nobody has used.',
      ],
    },
    {
      id: 'metadata-documents-safe',
      asks: 'Anybody can publish a metadata document. Why believe it?',
      answer: 'Only its host is believed: whoever serves `https://claude.ai/…` is claude.ai. The name in it is shown as a claim.',
      more: [
        'You can believe documents of listed hosts only, or none. Changed documents are asked about again, and fetching one leads to public addresses only.',
      ],
    },
  ],
}

const connecting: QuestionGroup = {
  id: 'connecting',
  title: 'Connecting',
  questions: [
    {
      id: 'failed-silently',
      asks: 'Why did my connection fail without a word?',
      answer:
        'Because clients show little of what they were told. Look into the project’s audit log, errors: each refusal says why, and what to do.',
      more: [
        'If there is no row at all, the client never came. Then, in this order:',
        {
          steps: [
            'Does your server answer 401 to a request without a token, with `WWW-Authenticate: Bearer resource_metadata="…"`?',
            'Does the metadata answer at `/.well-known/oauth-protected-resource` and at the same with the path of your endpoint, without a token? ChatGPT asks for the second and does not fall back.',
            'Is `resource` in it exactly the URL that people typed into the client?',
            'Is `authorization_servers[0]` the issuer, byte for byte, without a slash at its end?',
            'Does a firewall let `Claude-User` and the like through? A challenge page looks like nothing to a client.',
            'Did the client get a token, and then 401 from your server? Compare `aud`, `iss` and `typ`, and read the scheme `Bearer` in any case.',
          ],
        },
        'What clients do that no specification asks for is on the [list of quirks](/quirks).',
      ],
    },
    {
      id: 'failed-to-resolve-client',
      asks: 'What does “Failed to resolve OAuth client” mean in ChatGPT?',
      answer:
        'It got no `client_id`. Either it did not find your issuer, or the issuer neither reads metadata documents nor lets it register.',
      more: [
        'Most often the metadata is missing at the path form, `/.well-known/oauth-protected-resource/mcp`. With a project of ours the rest is there: documents are read unless you set `documentPolicy` to `deny`.',
      ],
    },
    {
      id: 'is-the-401-header-needed',
      asks: 'Is the 401 with WWW-Authenticate needed?',
      answer: 'Send it. Clients may also find the metadata by its well-known address, and ChatGPT does, but others start from the header.',
      more: [
        'MCP 2025-06-18 asks servers for the header; since 2025-11-25 header or well-known address will do. RFC 9728 lets a client learn the address in any way. The header is also where you say which scopes a call needs: `scope="notes:read"`.',
      ],
    },
    {
      id: 'clients-ask-my-server',
      asks: 'Why does a client ask my MCP server for authorization server metadata?',
      answer:
        'It follows the revision of 2025-03-26, in which your server was the authorization server, or looks there to be sure. Answer 404 unless that client matters to you.',
      more: [
        'If it does, serve a copy of the issuer’s document there, with the issuer unchanged. A client that compares the issuer with the address will refuse it; such a client reads the resource metadata first and never asks.',
      ],
    },
    {
      id: 'does-my-server-need-cors',
      asks: 'Does my MCP server need CORS?',
      answer: 'Only for clients that run in a browser, such as some inspectors. claude.ai and ChatGPT call from their own servers.',
      more: [
        'If you answer scripts, expose `WWW-Authenticate` too, or they never see where to go. Our own endpoints for programs answer scripts of any origin, without cookies; a project can keep a list of origins instead.',
      ],
    },
    {
      id: 'which-secret-is-which',
      asks: 'Registration secret, server secret, API key: which is for what?',
      answer: 'The first lets a client register, the second lets your server speak for users, the third lets a program change the project.',
      more: [
        {
          compare: {
            label: 'Secrets',
            sides: ['Who holds it', 'What it opens'],
            rows: [
              [
                'Registration secret, `gate_reg_…`',
                'clients that you configure yourself',
                'registration in guarded mode, and nothing else',
              ],
              ['Server secret, `gate_srv_…`', 'your MCP server or backend', 'token exchange, introspection, hand-off, upstream tokens'],
              [
                'API key, `gate_key_…`',
                'scripts of yours',
                '[the management API](/docs/management-api), with the permissions chosen for it',
              ],
              ['Client secret, `gate_cs_…`', 'one confidential client', 'the token endpoint, as that client'],
            ],
          },
        },
      ],
    },
    {
      id: 'own-third-party-proxy',
      asks: 'My own authorization server, somebody else’s, or a proxy?',
      answer: 'Somebody’s that does MCP, unless you want to run one. A proxy is for a provider that must stay and cannot learn.',
      more: [
        {
          compare: {
            label: 'Three ways',
            sides: ['It costs', 'It gives'],
            rows: [
              [
                'Your own',
                'metadata, registration, documents, PKCE, consent, rotation, revocation, and the quirks of each client, for ever',
                'all of it in your hands',
              ],
              [
                'A separate issuer, such as this',
                'one process and a database, or somebody’s service',
                'your server checks a JWT and is done',
              ],
              [
                'A proxy in your server',
                'state in your server; upstream all clients are one',
                'works before a provider that knows no registration',
              ],
            ],
          },
        },
      ],
    },
  ],
}

const tokens: QuestionGroup = {
  id: 'tokens',
  title: 'Tokens',
  questions: [
    {
      id: 'must-aud-equal-the-url',
      asks: 'Must `aud` equal the URL of my server?',
      answer:
        'It must equal the resource that the project has registered, byte for byte, and that should be the URL people type into the client.',
      more: [
        'Clients send it as `resource`, in spellings of their own; we map those to the registered one and put that into `aud`. So your server compares with one text. A token for another resource of the same project has another `aud`: refuse it.',
      ],
    },
    {
      id: 'trailing-slash',
      asks: 'Does a slash at the end matter?',
      answer: 'In `aud` and in the issuer, yes: both are compared as texts. In what a client sends as `resource`, no.',
      more: [
        'Claude Code and older SDKs turn `https://mcp.example.com` into `https://mcp.example.com/`. We take both and answer with the registered one. The issuer never ends with a slash: a library that adds one, as some do to a bare origin, has to be told not to. Other spellings of a resource can be made aliases.',
      ],
    },
    {
      id: 'when-the-client-sends-no-resource',
      asks: 'What if a client sends no `resource`?',
      answer: 'The token is for the project’s default resource. There is always one, so no token is for nothing.',
      more: [],
    },
    {
      id: 'what-is-iss',
      asks: 'What is `iss` in the redirect for, and does it break Claude?',
      answer: 'It says whose answer this is, so that a client which knows two issuers cannot be deceived. It does not break Claude.',
      more: [
        'MCP 2026-07-28 asks for it, and clients compare it byte for byte. The advice of 2025 to leave it out is out of date: ChatGPT wants it where the metadata announces it. Codex 0.142 to 0.144 and mcp-remote 0.9.0 lose it on the way; for fleets of those a project can neither send nor announce it (`issParameter`).',
      ],
    },
    {
      id: 'refresh-tokens',
      asks: 'How do refresh tokens behave?',
      answer:
        'Each use gives a new one. A client that lost the answer may ask again for a minute and gets the same one; an old token that comes later ends the grant.',
      more: [
        'They come without `offline_access`, because some clients never ask for it. They end after 30 days without use and 90 days in all, unless the settings say otherwise. A dead one is answered with `invalid_grant`, at which clients sign in again, and never with `invalid_client`, at which they would drop their registration.',
      ],
    },
    {
      id: 'bearer-or-bearer',
      asks: 'Is it `Bearer` or `bearer`?',
      answer: 'Both are the same (RFC 6749 §5.1). Read the scheme in any case: some clients repeat what the token response said.',
      more: ['We say `bearer` there. A project whose server compares case can say `Bearer` (`tokenType`) until the server is mended.'],
    },
    {
      id: 'seven-day-tokens',
      asks: 'Should access tokens live for days, to be safe?',
      answer: 'No. An hour with refresh is as stable, and a token that leaks is worth an hour.',
      more: [
        'Long tokens are advice for servers whose refresh loses tokens. A project may choose from ten minutes to a day; Claude refreshes up to five minutes before the end.',
      ],
    },
    {
      id: 'may-i-pass-the-token-on',
      asks: 'May a tool pass the client’s token on to another service?',
      answer: 'No. Ask for another token, for that service: [here is how](/docs/downstream).',
      more: [],
    },
    {
      id: 'how-soon-does-revocation-work',
      asks: 'How soon does a revocation work?',
      answer: 'Refresh and introspection know at once. A server that only checks the JWT takes it until it ends.',
      more: [
        'So choose: short tokens, or [introspection](/docs/downstream#does-it-count) for what must not wait. Webhooks tell your server of revoked grants within seconds.',
      ],
    },
    {
      id: 'scopes-missing',
      asks: 'Why does the client have only some of my scopes?',
      answer: 'It asked for less, or the person left a box empty. Name what a call needs in your 401 and 403.',
      more: [
        'A request without scope gets the project’s default scopes. On 403 with `error="insufficient_scope", scope="…"` a client asks for more, and consent offers what was allowed before together with what is new. A project can also offer all scopes each time (`offerAllScopes`).',
      ],
    },
  ],
}

export const questions: readonly QuestionGroup[] = [registration, connecting, tokens]
