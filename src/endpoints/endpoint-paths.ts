/** Where the endpoints are below a tenant's address, for controllers, the fast lane and discovery. */
export const PATHS = {
  authorization: '/authorize',
  token: '/token',
  userinfo: '/userinfo',
  jwks: '/jwks',
  introspection: '/introspect',
  revocation: '/revoke',
  endSession: '/end-session',
  /** OpenID Connect Discovery §4, and RFC 8414 §3 in both of its forms. */
  metadata: ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'],
} as const;
