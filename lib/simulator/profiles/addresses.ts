/** Where metadata may stand, as templates: `{origin}` and `{path}` are the issuer's. */
export const OAUTH_INSERTED = '{origin}/.well-known/oauth-authorization-server{path}'
export const OPENID_INSERTED = '{origin}/.well-known/openid-configuration{path}'
export const OPENID_APPENDED = '{origin}{path}/.well-known/openid-configuration'
export const OAUTH_ROOT = '{origin}/.well-known/oauth-authorization-server'
export const OPENID_ROOT = '{origin}/.well-known/openid-configuration'

/** As the MCP specification has it since 2025-11-25. */
export const SPECIFIED_ORDER = [OAUTH_INSERTED, OPENID_INSERTED, OPENID_APPENDED] as const
