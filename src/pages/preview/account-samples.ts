import { LOCALES, languageName } from '../../language/messages.js';
import type {
  AccountActivityPage,
  AccountApplicationsPage,
  AccountDataPage,
  AccountDeletePage,
  AccountEmailPage,
  AccountPage,
  AccountPasskeysPage,
  AccountProfilePage,
  AccountSecurityPage,
  AccountSessionsPage,
  ConfirmEmailPage,
  KeepAccountPage,
  ProfileFieldView,
} from '../account-content.js';
import { PASSKEY_SCRIPT_PATH } from '../look/passkey-script.js';
import { sampleAttributes } from './attribute-samples.js';
import { type SampleTenant, contextOf, form, framed, scopeGroups } from './sample-parts.js';

export function accountPage(tenant: SampleTenant): AccountPage {
  return {
    page: 'account',
    ...framed(tenant, '/account'),
    attention: [{ href: '/t/sample/account/security', text: (messages) => messages.text('account.securityText') }],
    sections: [
      {
        name: 'security',
        href: '/t/sample/account/security',
        label: (messages) => messages.text('account.security'),
        status: (messages) => messages.text('account.securityText'),
      },
      {
        name: 'sessions',
        href: '/t/sample/account/sessions',
        label: (messages) => messages.text('account.places'),
        status: (messages) => messages.text('account.placesCount', { count: 3 }),
      },
    ],
  };
}

export function accountSecurityPage(tenant: SampleTenant): AccountSecurityPage {
  return {
    page: 'account-security',
    ...framed(tenant, '/account/security'),
    sections: [
      {
        name: 'password',
        href: '/t/sample/change-password',
        label: (messages) => messages.text('account.changePassword'),
        status: (messages) => messages.text('account.passwordText'),
      },
    ],
  };
}

export function accountSessionsPage(tenant: SampleTenant): AccountSessionsPage {
  return {
    page: 'account-sessions',
    ...framed(tenant, '/account/sessions'),
    places: [
      {
        userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0',
        address: '203.0.113.7',
        signedInAt: new Date('2026-03-03T10:00:00Z'),
        lastSeenAt: new Date('2026-03-03T10:05:00Z'),
      },
      {
        address: '2001:db8:1234:5678:9abc:def0:1234:5678',
        signedInAt: new Date('2026-03-01T10:00:00Z'),
        lastSeenAt: new Date('2026-03-02T10:05:00Z'),
        end: form('/account/end-session'),
      },
    ],
    endOthers: form('/account/end-other-sessions'),
  };
}

export function accountPasskeysPage(tenant: SampleTenant): AccountPasskeysPage {
  const remove = form('/account/passkeys/remove');
  const rename = form('/account/passkeys/rename');
  const longName = 'Sicherheitsschlüssel an meinem Schlüsselbund, der <b>blaue</b> 🔑';
  const createdAt = new Date('2026-03-01T10:00:00Z');
  const lastUsedAt = new Date('2026-03-03T10:05:00Z');
  return {
    page: 'account-passkeys',
    ...framed(tenant, '/account/passkeys'),
    passkeys: [
      { id: 'one', name: 'iCloud Keychain', createdAt, lastUsedAt, isSynced: true, rename, remove },
      { id: 'two', name: longName, createdAt, isSynced: false, elsewhere: `${tenant.slug}.id.example`, rename, remove },
    ],
    add: { ...form('/account/passkeys'), optionsPath: '/t/sample/account/passkeys/options' },
    signals: [{ method: 'signalAllAcceptedCredentials', details: { rpId: 'id.example', userId: '"<' } }],
    scriptPath: PASSKEY_SCRIPT_PATH,
  };
}

export function accountApplicationsPage(tenant: SampleTenant): AccountApplicationsPage {
  const de = tenant.locale === 'de';
  return {
    page: 'account-applications',
    ...framed(tenant, '/account/applications'),
    applications: [
      {
        name: de ? 'Bestellportal' : 'Order Desk',
        allowedAt: new Date('2026-03-03T10:00:00Z'),
        lastUsedAt: new Date('2026-03-04T10:00:00Z'),
        scopeGroups: scopeGroups(tenant),
        withdraw: form('/account/withdraw'),
      },
      {
        name: de ? 'Reisekostenabrechnung' : 'Ledger Sync',
        allowedAt: new Date('2026-01-19T10:00:00Z'),
        scopeGroups: scopeGroups(tenant).slice(0, 1),
        withdraw: form('/account/withdraw'),
      },
    ],
  };
}

export function accountProfilePage(tenant: SampleTenant): AccountProfilePage {
  const field = (name: string, value: string, isEditable = true): ProfileFieldView => ({
    name,
    value,
    isEditable,
    maxLength: 100,
  });
  return {
    page: 'account-profile',
    ...framed(tenant, '/account/profile'),
    ...form('/account/profile'),
    username: 'alice',
    members: [
      field('name', 'Alice Amherst'),
      field('given_name', 'Alice', false),
      field('picture', 'https://pictures.example/alice.png'),
      field('birthdate', '1990-12-31'),
      field('locale', 'de-CH'),
      field('zoneinfo', 'Europe/Zurich'),
      ...['street_address', 'postal_code', 'locality', 'region', 'country'].map((part) =>
        field(`address/${part}`, part),
      ),
      field('phone_number', '+41441234567'),
    ],
    attributes: sampleAttributes,
    email: { value: `alice@${tenant.slug}.example`, isVerified: false, changePath: '/t/sample/account/email' },
    phoneIsVerified: false,
    languages: LOCALES.map((tag) => ({ tag, name: languageName(tag) })),
  };
}

export function accountEmailPage(tenant: SampleTenant): AccountEmailPage {
  return {
    page: 'account-email',
    ...framed(tenant, '/account/profile'),
    ...form('/account/email'),
    current: `alice@${tenant.slug}.example`,
  };
}

export function confirmEmailPage(tenant: SampleTenant): ConfirmEmailPage {
  const confirm = { ...form('/account/confirm-email'), address: `alice.amherst@${tenant.slug}.example` };
  return { page: 'confirm-email', context: contextOf(tenant), confirm, accountPath: '/t/sample/account/profile' };
}

export function accountActivityPage(tenant: SampleTenant): AccountActivityPage {
  const at = (minute: number) => new Date(Date.UTC(2026, 2, 3, 10, minute));
  return {
    page: 'account-activity',
    ...framed(tenant, '/account/activity'),
    entries: [
      {
        type: 'user.signed_in',
        occurredAt: at(5),
        address: '203.0.113.7',
        clientName: 'Order Desk',
        isByOthers: false,
      },
      {
        type: 'user.sign_in_failed',
        occurredAt: at(4),
        address: '2001:db8:1234:5678:9abc:def0:1:2',
        isByOthers: false,
      },
      { type: 'consent.withdrawn', occurredAt: at(3), clientName: 'Ledger Sync', isByOthers: true },
    ],
    olderPath: '/t/sample/account/activity?after=1',
    newestPath: '/t/sample/account/activity',
  };
}

export function accountDataPage(tenant: SampleTenant): AccountDataPage {
  return {
    page: 'account-data',
    ...framed(tenant, '/account/data'),
    download: form('/account/download'),
    deletion: { kind: 'offered', path: '/t/sample/account/delete', graceDays: 14 },
  };
}

export function accountDeletePage(tenant: SampleTenant): AccountDeletePage {
  return {
    page: 'account-delete',
    ...framed(tenant, '/account/data'),
    ...form('/account/delete'),
    graceDays: 1,
    backPath: '/t/sample/account/data',
  };
}

export function keepAccountPage(tenant: SampleTenant): KeepAccountPage {
  return {
    page: 'keep-account',
    context: contextOf(tenant),
    ...form('/keep-account'),
    date: new Date('2026-04-01T10:00:00Z'),
    username: 'alice',
  };
}
