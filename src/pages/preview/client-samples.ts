import type {
  AccountClientDeletePage,
  AccountClientFormPage,
  AccountClientOwnersPage,
  AccountClientPage,
  AccountClientRedirectsPage,
  AccountClientSecretsPage,
  AccountClientSnippetsPage,
  AccountClientsPage,
} from '../developer-content.js';
import { uriDifference } from '../../oauth/redirect-uri-difference-texts.js';
import { uriFault } from '../../oauth/redirect-uri-faults.js';
import type { PageView } from '../page-content.js';
import { type SampleTenant, SAMPLE_BASE, form, framed } from './sample-parts.js';

const CLIENT_ID = 'client-6f1d3c1e-7a0b-4f63-9a55-3f1d0a9a7c11';
const AT = `${SAMPLE_BASE}/account/clients/01a20ccb-5908-7421-b495-92cb052cefe0`;
const MOMENT = new Date('2026-03-03T10:00:00Z');
const URIS = ['https://shop.example/callback', 'https://shop.example/callback?from=app'];

function clientsPage(tenant: SampleTenant): AccountClientsPage {
  return {
    page: 'account-clients',
    ...framed(tenant, '/account/clients'),
    clients: [
      { href: AT, name: 'Harbour Shop', clientId: CLIENT_ID, standing: 'approved' },
      { href: AT, name: 'Harbour Shop (test)', clientId: CLIENT_ID, standing: 'pending' },
      { href: AT, name: '', clientId: CLIENT_ID, standing: 'draft' },
    ],
    newPath: `${SAMPLE_BASE}/account/clients/new`,
    mostClients: 10,
    needsApproval: true,
    asked: [
      {
        ...{ name: 'Tide Tables', askedBy: 'bob', isTransfer: true, expiresAt: MOMENT },
        ...{ accept: form('/account/accept-client'), decline: form('/account/decline-client') },
      },
    ],
  };
}

function ofClient(tenant: SampleTenant) {
  return { ...framed(tenant, '/account/clients'), name: 'Harbour Shop', backPath: AT };
}

function clientPage(tenant: SampleTenant): AccountClientPage {
  return {
    page: 'account-client',
    ...ofClient(tenant),
    standing: 'draft',
    isLive: false,
    needsApproval: true,
    clientId: CLIENT_ID,
    issuer: `https://id.example/t/${tenant.slug}`,
    members: [
      { member: 'client_name', values: ['Harbour Shop'] },
      { member: 'redirect_uris', values: URIS },
      { member: 'scope', values: ['openid', 'profile', 'email'] },
    ],
    changes: [],
    owners: ['alice', 'bob'],
    submit: form('/account/clients/submit'),
    allPath: `${SAMPLE_BASE}/account/clients`,
    editPath: `${AT}/edit`,
    redirectsPath: `${AT}/redirects`,
    snippetsPath: `${AT}/snippets`,
    ownersPath: `${AT}/owners`,
    deletePath: `${AT}/delete`,
  };
}

function formPage(tenant: SampleTenant): AccountClientFormPage {
  return {
    page: 'account-client-form',
    ...framed(tenant, '/account/clients'),
    ...form('/account/clients/new'),
    isLive: false,
    needsApproval: true,
    backPath: `${SAMPLE_BASE}/account/clients`,
    types: [
      { type: 'web', isChosen: true },
      { type: 'browser', isChosen: false },
      { type: 'native', isChosen: false },
      { type: 'machine', isChosen: false },
    ],
    fields: [
      { name: 'client_name', value: 'Harbour Shop' },
      { name: 'redirect_uris', value: URIS.join('\n') },
      { name: 'client_uri', value: '' },
      { name: 'contacts', value: '' },
    ],
    hosts: ['*.shop.example'],
    scopes: [
      { field: 'scope:openid', text: 'openid', isTicked: true },
      { field: 'scope:https://api.example orders:read', text: 'https://api.example orders:read', isTicked: false },
    ],
    refreshTokens: false,
  };
}

function secretsPage(tenant: SampleTenant): AccountClientSecretsPage {
  const end = form('/account/clients/end-secret');
  return {
    page: 'account-client-secrets',
    ...ofClient(tenant),
    secrets: [
      { createdAt: MOMENT, isNew: false, end },
      { createdAt: new Date('2026-06-03T10:00:00Z'), isNew: true, end },
    ],
    made: '0123456789abcdefghijklmnopqrstuvwxyzABCDEFG',
  };
}

function ownersPage(tenant: SampleTenant): AccountClientOwnersPage {
  const remove = form('/account/clients/remove-owner');
  return {
    page: 'account-client-owners',
    ...ofClient(tenant),
    owners: [
      { username: 'alice', since: MOMENT, isReader: true, isEnabled: true, remove },
      { username: 'bob', since: MOMENT, isReader: false, isEnabled: false, remove },
    ],
    asked: [
      { invited: 'carol@people.example', isTransfer: true, expiresAt: MOMENT, withdraw: form('/account/clients/ask') },
    ],
    ask: form('/account/clients/owners'),
  };
}

function redirectsPage(tenant: SampleTenant): AccountClientRedirectsPage {
  const marked = (mark: string) => ({ before: 'https://shop.example/callback', mark, after: '' });
  return {
    page: 'account-client-redirects',
    ...ofClient(tenant),
    action: `${AT}/redirects`,
    entered: 'https://shop.example/callback/',
    matches: false,
    comparisons: [
      {
        registered: marked(''),
        given: marked('/'),
        part: 'path',
        position: 30,
        givenCharacter: '"/" (U+002F)',
        reason: uriDifference('path_slash_added'),
      },
    ],
  };
}

function snippetsPage(tenant: SampleTenant): AccountClientSnippetsPage {
  return {
    page: 'account-client-snippets',
    ...ofClient(tenant),
    libraries: [
      { title: 'openid-client', language: 'Node.js', href: `${AT}/snippets?library=openid-client`, isShown: true },
      { title: 'curl', language: 'Shell', href: `${AT}/snippets?library=curl`, isShown: false },
    ],
    snippet: {
      title: 'openid-client',
      install: 'npm install openid-client',
      file: { name: 'server.mjs', text: "import * as client from 'openid-client';\n" },
      secretVariable: 'CLIENT_SECRET',
    },
  };
}

function deletePage(tenant: SampleTenant): AccountClientDeletePage {
  return {
    page: 'account-client-delete',
    ...ofClient(tenant),
    ...form('/account/clients/delete'),
    isLive: true,
  };
}

/** The pages on which people register clients, each in the states that look different. */
export function clientSamples(tenant: SampleTenant): Readonly<Record<string, PageView>> {
  const { asked, ...clients } = clientsPage(tenant);
  const { submit, ...client } = clientPage(tenant);
  const { made, ...secrets } = secretsPage(tenant);
  const { matches, ...redirects } = redirectsPage(tenant);
  const { snippet, ...snippets } = snippetsPage(tenant);
  const fault = { name: 'client_uri', value: 'shop', fault: 'not_a_web_address' } as const;
  return {
    'account-clients': { ...clients, asked },
    'account-clients-none': { ...clients, clients: [], asked: [], needsApproval: false },
    'account-client': { ...client, ...(submit && { submit }) },
    'account-client-change': {
      ...client,
      standing: 'rejected',
      isLive: true,
      said: 'Register the address of the production server.\nThe test server is not reachable.',
      changes: [
        { member: 'redirect_uris', added: ['https://new.shop.example/callback'], removed: [URIS[1] ?? ''] },
        { member: 'client_name', added: ['Harbour Shop'], removed: ['Harbor Shop'] },
      ],
      ...(submit && { submit, withdraw: submit }),
      secretsPath: `${AT}/secrets`,
    },
    'account-client-suspended': { ...client, standing: 'suspended', isLive: true, refusal: 'stale' },
    'account-client-form': formPage(tenant),
    'account-client-form-refused': {
      ...formPage(tenant),
      name: 'Harbour Shop',
      types: [],
      isLive: true,
      fields: [fault],
    },
    'account-client-form-broken': {
      ...formPage(tenant),
      broken: { member: 'redirect_uris[0]', fault: uriFault('uri_not_absolute') },
    },
    'account-client-secrets': secrets,
    'account-client-secret-made': { ...secrets, ...(made !== undefined && { made }) },
    'account-client-owners': ownersPage(tenant),
    'account-client-owners-refused': { ...ownersPage(tenant), refusal: 'last_owner', entered: 'carol' },
    'account-client-redirects': { ...redirects, ...(matches !== undefined && { matches }) },
    'account-client-redirects-match': { ...redirects, matches: true, comparisons: [] },
    'account-client-snippets': { ...snippets, ...(snippet && { snippet }) },
    'account-client-snippets-none': { ...snippets, libraries: [] },
    'account-client-delete': deletePage(tenant),
  };
}
