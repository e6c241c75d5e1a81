/** The start page of a development installation. */
export const welcome = {
  'welcome.title': 'The server is running',
  'welcome.text':
    'Tenantry is a multi-tenant authorization server for OAuth 2.0 and OpenID Connect. This page is shown in development only.',
  'welcome.tenants': 'Tenants on this server',
  'welcome.discovery': 'Discovery document',
  'welcome.suspended': 'Suspended: it answers as if it did not exist.',
  'welcome.topics': 'Where to go from here',
} as const;
