import type { ApiScope } from '../resources/api.js';
import type { Branding } from '../tenants/branding.js';
import type { TenantPolicy } from '../tenants/tenant-policy.js';
import type { UserInput } from '../users/users.service.js';

/** Where the demo application runs. */
export const DEMO_ORIGIN = 'http://127.0.0.1:4180';
export const DEMO_CALLBACK = `${DEMO_ORIGIN}/callback`;

export interface DemoTenant {
  readonly slug: 'acme' | 'globex';
  readonly displayName: string;
  readonly policy: Partial<TenantPolicy>;
  readonly branding: Branding;
  readonly clientNames: { readonly web: string; readonly spa: string; readonly machine: string };
  readonly api: { readonly displayName: string; readonly scopes: readonly ApiScope[] };
  readonly alice: UserInput & { readonly username: string };
}

/** Different look, language and policy; the same client ids and user names on purpose. */
export const DEMO_TENANTS: readonly DemoTenant[] = [
  {
    slug: 'acme',
    displayName: 'Acme Bank',
    policy: {},
    branding: {
      primaryColor: '#0f4c81',
      backgroundColor: '#eef3f8',
      defaultLocale: 'en',
      texts: {
        en: { footerText: 'Acme Bank is a demo tenant of Tenantry.' },
        de: { footerText: 'Acme Bank ist ein Demo-Mandant von Tenantry.' },
      },
      privacyUri: 'https://acme.example/privacy',
      supportUri: 'https://acme.example/help',
    },
    clientNames: { web: 'Acme Orders', spa: 'Acme Dashboard', machine: 'Acme Nightly Export' },
    api: {
      displayName: 'Acme Orders API',
      scopes: [
        {
          name: 'orders:read',
          description: 'See your orders and their status',
          descriptions: { de: 'Ihre Bestellungen und deren Status sehen' },
        },
        {
          name: 'orders:write',
          description: 'Place and change orders in your name',
          descriptions: { de: 'In Ihrem Namen bestellen und Bestellungen ändern' },
        },
      ],
    },
    alice: {
      username: 'alice',
      email: 'alice@acme.example',
      emailVerified: true,
      claims: { name: 'Alice Archer', given_name: 'Alice', family_name: 'Archer', locale: 'en-GB' },
    },
  },
  {
    slug: 'globex',
    displayName: 'Globex',
    policy: { accessTokenLifetimeSeconds: 600, refreshTokenAbsoluteLifetimeSeconds: 30 * 24 * 3600 },
    branding: {
      primaryColor: '#b3470f',
      primaryColorDark: '#ff9d5c',
      backgroundColor: '#fbf3ec',
      defaultLocale: 'de',
      texts: {
        de: { signInTitle: 'Willkommen bei Globex', footerText: 'Globex ist ein Demo-Mandant von Tenantry.' },
        en: { signInTitle: 'Welcome to Globex', footerText: 'Globex is a demo tenant of Tenantry.' },
      },
      privacyUri: 'https://globex.example/datenschutz',
      termsUri: 'https://globex.example/agb',
    },
    clientNames: { web: 'Globex Werkstatt', spa: 'Globex Übersicht', machine: 'Globex Nachtlauf' },
    api: {
      displayName: 'Globex Auftrags-API',
      scopes: [
        {
          name: 'orders:read',
          description: 'Ihre Aufträge und deren Stand ansehen',
          descriptions: { en: 'See your jobs and how they are doing' },
        },
        {
          name: 'orders:write',
          description: 'Aufträge in Ihrem Namen erteilen und ändern',
          descriptions: { en: 'Place and change jobs in your name' },
        },
      ],
    },
    alice: {
      username: 'alice',
      email: 'alice@globex.example',
      emailVerified: true,
      claims: { name: 'Alice Zander', given_name: 'Alice', family_name: 'Zander', locale: 'de-CH' },
    },
  },
];
