import type { PageBranding } from '../../src/pages/look/brand-theme.js';
import { LOCALES, type Locale, languageName, loadMessages } from '../../src/language/messages.js';
import type {
  AccountActivityPage,
  AccountApplicationsPage,
  AccountDataPage,
  AccountDeletePage,
  KeepAccountPage,
  AccountEmailPage,
  AccountFrame,
  AccountPage,
  AccountPasskeysPage,
  AccountProfilePage,
  AccountSecurityPage,
  AccountSessionsPage,
  ConfirmEmailPage,
  ProfileFieldView,
} from '../../src/pages/account-content.js';
import type {
  ConsentPage,
  ConsentScopeGroup,
  ErrorPage,
  FormPostPage,
  PasswordPage,
  PageView,
  RequestExpiredPage,
  SignInPage,
  SignOutPage,
  SignedOutPage,
  TenantPageContext,
} from '../../src/pages/page-content.js';
import { secondFactorSamples } from './second-factor-samples.js';
import { PASSKEY_SCRIPT_PATH } from '../../src/pages/look/passkey-script.js';
import { recoverySamples } from './recovery-samples.js';
import { PAGES_CSS_PATH } from '../../src/pages/look/stylesheet.js';
import { signUpSamples } from './sign-up-samples.js';

/** Every page in every state worth looking at, for one tenant and language. */

await Promise.all(LOCALES.map((locale) => loadMessages(locale)));

export const NONCE = 'c2FtcGxlLW5vbmNl';

export const ACME_BRANDING: PageBranding = {
  logo: { alt: 'Acme', worksOnDark: true, withName: true },
  primaryColor: '#143a6b',
  primaryColorDark: '#2cb5a5',
  texts: {
    en: { footerText: 'Acme Ltd. will never ask for your password by phone or email.' },
    de: { footerText: 'Acme fragt Sie niemals am Telefon oder per E-Mail nach Ihrem Passwort.' },
  },
  links: {
    privacyUri: 'https://www.acme.example/privacy',
    termsUri: 'https://www.acme.example/terms',
    supportUri: 'mailto:help@acme.example',
    passwordResetUri: 'https://www.acme.example/reset',
  },
  defaultLocale: 'en',
};

export const GLOBEX_BRANDING: PageBranding = {
  logo: { alt: 'Globex', worksOnDark: true, withName: true },
  primaryColor: '#c2540a',
  primaryColorDark: '#a98bf0',
  backgroundColor: '#fbf5ee',
  texts: {
    en: { signInTitle: 'Welcome back to Globex', signInText: 'One account for all Globex services.' },
    de: { signInTitle: 'Willkommen bei Globex', signInText: 'Ein Konto für alle Dienste von Globex.' },
  },
  links: { privacyUri: 'https://www.globex.example/datenschutz', supportUri: 'https://www.globex.example/hilfe' },
  defaultLocale: 'de',
};

export const PLAIN_BRANDING: PageBranding = {};

export interface SampleTenant {
  readonly slug: string;
  readonly displayName: string;
  readonly branding: PageBranding;
  readonly locale: Locale;
  readonly logoPath?: string;
}

export const ACME: SampleTenant = {
  slug: 'acme',
  displayName: 'Acme',
  branding: ACME_BRANDING,
  locale: 'en',
  logoPath: '/assets/acme.png',
};

export const GLOBEX: SampleTenant = {
  slug: 'globex',
  displayName: 'Globex',
  branding: GLOBEX_BRANDING,
  locale: 'de',
  logoPath: '/assets/globex.png',
};

export const PLAIN: SampleTenant = {
  slug: 'plain',
  displayName: 'Kantonalbank Appenzell',
  branding: PLAIN_BRANDING,
  locale: 'de',
};

/** From right to left, with names that are not. */
export const NAJM: SampleTenant = {
  slug: 'najm',
  displayName: 'بنك النجم',
  branding: {
    logo: { withName: true },
    primaryColor: '#0a6b52',
    texts: { ar: { footerText: 'لن يطلب منك بنك النجم كلمة المرور عبر الهاتف أبدًا.' } },
    links: { privacyUri: 'https://www.najm.example/privacy', supportUri: 'mailto:help@najm.example' },
    defaultLocale: 'ar',
  },
  locale: 'ar',
  logoPath: '/assets/acme.png',
};

const ORDERS = {
  en: { resource: 'Orders', read: 'See your orders and deliveries', write: 'Place and change orders for you' },
  de: {
    resource: 'Bestellungen',
    read: 'Ihre Bestellungen und Lieferungen sehen',
    write: 'In Ihrem Namen bestellen und Bestellungen ändern',
  },
  fr: { resource: 'Commandes', read: 'Voir vos commandes', write: 'Passer et modifier des commandes pour vous' },
  es: { resource: 'Pedidos', read: 'Ver sus pedidos', write: 'Hacer y cambiar pedidos por usted' },
  ar: { resource: 'الطلبات', read: 'الاطلاع على طلباتك', write: 'تقديم الطلبات وتعديلها نيابةً عنك' },
};

export function contextOf({ locale, displayName, branding, logoPath }: SampleTenant): TenantPageContext {
  return {
    locale,
    nonce: NONCE,
    stylesheetPath: PAGES_CSS_PATH,
    tenant: { displayName, branding, logoPath },
    languages: LOCALES.map((locale) => ({ locale, href: `/t/sample/language/${locale}/sign-in?request=Xv7b` })),
  };
}

function form(path: string) {
  return { action: `/t/sample${path}`, hidden: { csrf: 'p6R0mDkq', request: 'Xv7b' } };
}

export function signInPage(tenant: SampleTenant): SignInPage {
  return {
    page: 'sign-in',
    context: contextOf(tenant),
    ...form('/login'),
    clientName: tenant.locale === 'de' ? 'Bestellportal' : 'Order Desk',
    redirectHost: `orders.${tenant.slug}.example`,
  };
}

export function scopeGroups(tenant: SampleTenant, granted: readonly string[] = []): ConsentScopeGroup[] {
  const texts = ORDERS[tenant.locale];
  const scope = (name: string, description?: string) => ({ name, description, isGranted: granted.includes(name) });
  return [
    { scopes: [scope('openid'), scope('profile'), scope('email'), scope('offline_access')] },
    { resourceName: texts.resource, scopes: [scope('orders:read', texts.read), scope('orders:write', texts.write)] },
  ];
}

export function consentPage(tenant: SampleTenant): ConsentPage {
  return {
    page: 'consent',
    context: contextOf(tenant),
    ...form('/consent'),
    client: {
      name: tenant.locale === 'de' ? 'Bestellportal' : 'Order Desk',
      trust: 'verified',
      redirectHost: `orders.${tenant.slug}.example`,
      policyUri: 'https://orders.example/privacy',
      tosUri: 'https://orders.example/terms',
    },
    userName: `alice@${tenant.slug}.example`,
    switchAccount: form('/login/switch'),
    scopeGroups: scopeGroups(tenant),
    accountPath: '/t/sample/account',
  };
}

/** The frame of the account's pages, on the page of this address. */
export function accountFrame(tenant: SampleTenant, address: string): AccountFrame {
  const item = (path: string, label: AccountFrame['navigation'][number]['label']) => ({
    href: `/t/sample${path}`,
    label,
    isCurrent: path === address,
  });
  return {
    userName: `alice@${tenant.slug}.example`,
    signOut: form('/logout'),
    switchPath: '/t/sample/sign-in?choose=',
    navigation: [
      item('/account', (messages) => messages.text('account.overview')),
      item('/account/profile', (messages) => messages.text('profile.title')),
      item('/account/security', (messages) => messages.text('account.security')),
      item('/account/sessions', (messages) => messages.text('account.sessionsLabel')),
      item('/account/applications', (messages) => messages.text('account.applicationsLabel')),
      item('/account/activity', (messages) => messages.text('activity.title')),
      item('/account/data', (messages) => messages.text('data.title')),
    ],
  };
}

const framed = (tenant: SampleTenant, address: string) => ({
  context: contextOf(tenant),
  frame: accountFrame(tenant, address),
});

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

function accountSecurityPage(tenant: SampleTenant): AccountSecurityPage {
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

function accountSessionsPage(tenant: SampleTenant): AccountSessionsPage {
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

function accountPasskeysPage(tenant: SampleTenant): AccountPasskeysPage {
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

function accountProfilePage(tenant: SampleTenant): AccountProfilePage {
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
    email: { value: `alice@${tenant.slug}.example`, isVerified: false, changePath: '/t/sample/account/email' },
    phoneIsVerified: false,
    languages: LOCALES.map((tag) => ({ tag, name: languageName(tag) })),
  };
}

function accountEmailPage(tenant: SampleTenant): AccountEmailPage {
  return {
    page: 'account-email',
    ...framed(tenant, '/account/profile'),
    ...form('/account/email'),
    current: `alice@${tenant.slug}.example`,
  };
}

function confirmEmailPage(tenant: SampleTenant): ConfirmEmailPage {
  const confirm = { ...form('/account/confirm-email'), address: `alice.amherst@${tenant.slug}.example` };
  return { page: 'confirm-email', context: contextOf(tenant), confirm, accountPath: '/t/sample/account/profile' };
}

function accountActivityPage(tenant: SampleTenant): AccountActivityPage {
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

function accountDataPage(tenant: SampleTenant): AccountDataPage {
  return {
    page: 'account-data',
    ...framed(tenant, '/account/data'),
    download: form('/account/download'),
    deletion: { kind: 'offered', path: '/t/sample/account/delete', graceDays: 14 },
  };
}

function accountDeletePage(tenant: SampleTenant): AccountDeletePage {
  return {
    page: 'account-delete',
    ...framed(tenant, '/account/data'),
    ...form('/account/delete'),
    graceDays: 1,
    backPath: '/t/sample/account/data',
  };
}

function keepAccountPage(tenant: SampleTenant): KeepAccountPage {
  return {
    page: 'keep-account',
    context: contextOf(tenant),
    ...form('/keep-account'),
    date: new Date('2026-04-01T10:00:00Z'),
    username: 'alice',
  };
}

function passwordPage(tenant: SampleTenant): PasswordPage {
  return {
    page: 'password',
    context: contextOf(tenant),
    ...form('/change-password'),
    username: `alice@${tenant.slug}.example`,
    minLength: 15,
    accountPath: '/t/sample/account',
  };
}

function signOutPage(tenant: SampleTenant): SignOutPage {
  return {
    page: 'sign-out',
    context: contextOf(tenant),
    ...form('/logout'),
    userName: `alice@${tenant.slug}.example`,
    clientName: 'Order Desk',
    stayPath: '/t/sample/account',
  };
}

function signedOutPage(tenant: SampleTenant): SignedOutPage {
  return {
    page: 'signed-out',
    context: contextOf(tenant),
    applications: [
      { name: 'Order Desk', wasNotified: true },
      { name: 'Ledger Sync', wasNotified: false },
    ],
    signInPath: '/t/sample/account',
    back: { href: 'https://orders.example/', clientName: 'Order Desk' },
  };
}

function errorPage(tenant: SampleTenant): ErrorPage {
  return {
    page: 'error',
    context: contextOf(tenant),
    error: 'invalid_request',
    reason: 'redirect_uri_mismatch',
    requestId: '01JZ8Q6W3K9T2M5R',
    back: { href: 'https://orders.example/', clientName: 'Order Desk' },
  };
}

function formPostPage(tenant: SampleTenant): FormPostPage {
  return {
    page: 'form-post',
    context: contextOf(tenant),
    action: 'https://orders.example/callback',
    fields: { code: 'SplxlOBeZQQYbYS6WxSbIA', state: 'af0ifjsldkj', submit: 'a field named like the method' },
    clientName: 'Order Desk',
  };
}

function requestExpiredPage(tenant: SampleTenant): RequestExpiredPage {
  return {
    page: 'request-expired',
    context: contextOf(tenant),
    startAgainHref: '/t/sample/authorize?client_id=web',
    back: { href: 'https://orders.example/', clientName: 'Order Desk' },
    requestId: '01JZ8Q6W3K9T2M5R',
  };
}

function requestExpiredFormPage(tenant: SampleTenant): RequestExpiredPage {
  const fields = { error: 'access_denied', state: '"><b>', submit: 'a field named like the method' };
  return {
    ...requestExpiredPage(tenant),
    back: { href: 'https://orders.example/callback', clientName: 'Order Desk', fields },
  };
}

/** One of each kind, keyed by its name, and the states in which it looks different. */
const SAMPLE_MAIL = {
  tenant: 'acme',
  to: 'alice@example.com',
  kind: 'verifyAddress',
  subject: 'Please confirm your address',
  date: new Date('2026-01-31T12:00:00Z'),
};

export function samplePages(tenant: SampleTenant): Readonly<Record<string, PageView>> {
  const context = contextOf(tenant);
  const platform = { locale: tenant.locale, nonce: NONCE, stylesheetPath: PAGES_CSS_PATH };
  const signIn = { ...signInPage(tenant), signUpPath: '/t/sample/sign-up' };
  const consent = consentPage(tenant);
  const applications = accountApplicationsPage(tenant);
  const profile = accountProfilePage(tenant);
  const { endOthers, ...oneSession } = accountSessionsPage(tenant);
  const email = accountEmailPage(tenant);
  const data = accountDataPage(tenant);
  return {
    'sign-in': signIn,
    'sign-in-error': { ...signIn, username: 'alice', notice: 'invalid_credentials' },
    'sign-in-wait': { ...signIn, username: 'alice', notice: 'too_many_attempts', retryAfterSeconds: 290 },
    'sign-in-expired': { ...signIn, username: 'alice', notice: 'session_expired' },
    'sign-in-passkey': {
      ...signIn,
      notice: 'passkey_unknown',
      passkey: {
        ...form('/sign-in/passkey'),
        optionsPath: '/t/sample/sign-in/passkey/options',
        scriptPath: PASSKEY_SCRIPT_PATH,
        signals: [{ method: 'signalUnknownCredential', details: { rpId: 'id.example', credentialId: 'Xv7b' } }],
      },
    },
    'sign-in-identify': { ...signIn, stage: 'identify' },
    'sign-in-prove': {
      ...signIn,
      stage: 'prove',
      username: `alice@${tenant.slug}.example`,
      otherPath: '/t/sample/sign-in?request=Xv7b&other=',
    },
    'sign-in-remember': { ...signIn, rememberMe: { isTicked: true } },
    'sign-in-accounts': {
      ...signIn,
      accounts: ['Alice Amherst', '\u202ewolfgang-amadeus.theophilus'].map((name) => ({
        ...form('/continue'),
        name,
        username: name.toLowerCase(),
      })),
    },
    'sign-in-continue': { ...signIn, continueAs: { ...form('/continue'), name: 'Alice Amherst' } },
    consent,
    'consent-more': {
      ...consent,
      client: { ...consent.client, trust: 'first_party' },
      scopeGroups: scopeGroups(tenant, ['openid', 'profile', 'orders:read']),
    },
    'consent-optional': {
      ...consent,
      client: { ...consent.client, trust: 'unreviewed' },
      scopeGroups: scopeGroups(tenant).map((group, at) => ({
        ...group,
        scopes: group.scopes.map((one, index) =>
          index === 0 ? one : { ...one, choice: { field: `optional_${at}${index}`, isTicked: index !== 2 } },
        ),
      })),
    },
    'consent-unverified': {
      ...consent,
      client: {
        ...consent.client,
        name: '\u202e<b>Google</b> 🦊 Donaudampfschifffahrtsgesellschaftskapitänsmützen-Verwaltung '.repeat(150),
        trust: 'unverified',
        redirectHost: 'a-very-long-subdomain-that-keeps-going.customers.photos-and-more.example',
      },
      userName: 'wolfgang-amadeus.theophilus@geschaeftskunden.example',
      scopeGroups: [...scopeGroups(tenant), { scopes: [{ name: 'urn:example:custom-scope', isGranted: false }] }],
    },
    ...signUpSamples(context),
    'sign-out': signOutPage(tenant),
    'signed-out': signedOutPage(tenant),
    'signed-out-plain': { page: 'signed-out', context },
    error: errorPage(tenant),
    'error-development': {
      ...errorPage(tenant),
      againHref: '/t/sample/sign-in?request=Xv7b',
      home: { href: '/t/sample/account', isSignedIn: true },
      details: [
        { name: 'redirect_uri', values: ['https://orders.example/<b>other</b>'] },
        { name: 'registered_redirect_uris', values: ['https://orders.example/callback', 'http://127.0.0.1/callback'] },
      ],
    },
    'error-server': { page: 'error', context, error: 'server_error', requestId: '01JZ8Q6W3K9T2M5R' },
    'form-post': formPostPage(tenant),
    ...secondFactorSamples(tenant, context, accountFrame(tenant, '/account/security')),
    account: accountPage(tenant),
    'account-notice': {
      ...accountPage(tenant),
      frame: { ...accountFrame(tenant, '/account'), notice: 'password_changed' },
      attention: [],
    },
    'account-calm': { ...accountPage(tenant), attention: [] },
    'account-one-of-several': {
      ...accountPage(tenant),
      frame: { ...accountFrame(tenant, '/account'), switchPath: '/t/sample/sign-in?choose' },
    },
    'account-security': accountSecurityPage(tenant),
    'account-sessions': { ...oneSession, ...(endOthers && { endOthers }) },
    'account-sessions-one': { ...oneSession, places: oneSession.places.slice(0, 1) },
    'account-passkeys': accountPasskeysPage(tenant),
    'account-passkeys-none': { ...accountPasskeysPage(tenant), passkeys: [], notice: 'already_added' },
    'account-profile': profile,
    'account-profile-refused': {
      ...profile,
      members: profile.members.map((field) => ({
        ...field,
        ...(field.name === 'birthdate' && { value: '31.12.', fault: 'not_a_date' as const }),
      })),
    },
    'account-profile-shown': { ...profile, members: profile.members.map((field) => ({ ...field, isEditable: false })) },
    'account-email': email,
    'account-email-refused': { ...email, entered: 'nobody', notice: 'not_an_email_address' },
    'account-email-none': { ...email, current: undefined },
    'account-email-wrong': {
      ...email,
      sent: { ...form('/account/email-code'), address: 'alice@new.example' },
      notice: 'wrong',
    },
    'account-email-sent': { ...email, sent: { ...form('/account/email-code'), address: 'alice@new.example' } },
    'confirm-email': confirmEmailPage(tenant),
    'confirm-email-done': { ...confirmEmailPage(tenant), confirm: undefined, outcome: 'changed' },
    'confirm-email-spent': { ...confirmEmailPage(tenant), confirm: undefined, outcome: 'spent' },
    'account-activity': accountActivityPage(tenant),
    'account-activity-empty': { ...framed(tenant, '/account/activity'), page: 'account-activity', entries: [] },
    'account-data': data,
    'account-data-off': { ...data, deletion: { kind: 'refused', reason: 'off' } },
    'account-data-administrator': { ...data, deletion: { kind: 'refused', reason: 'administrator' } },
    'account-data-scheduled': {
      ...data,
      deletion: { kind: 'scheduled', date: new Date('2026-04-01T10:00:00Z'), keep: form('/account/keep') },
    },
    'account-delete': accountDeletePage(tenant),
    'keep-account': keepAccountPage(tenant),
    'account-applications': applications,
    'account-applications-empty': {
      ...applications,
      frame: { ...applications.frame, notice: 'access_withdrawn' },
      applications: [],
    },
    password: passwordPage(tenant),
    'password-refused': { ...passwordPage(tenant), notice: 'too_common' },
    'password-asked': {
      ...passwordPage(tenant),
      accountPath: undefined,
      isAsked: true,
      switchAccount: form('/consent/switch'),
      notice: 'unchanged',
    },
    ...recoverySamples(contextOf(tenant)),
    'password-wait': { ...passwordPage(tenant), notice: 'too_many_attempts', retryAfterSeconds: 90 },
    'request-expired': requestExpiredPage(tenant),
    'request-expired-form': requestExpiredFormPage(tenant),
    'tenant-not-found': { page: 'tenant-not-found', context: platform },
    'dev-mailbox': {
      page: 'dev-mailbox',
      context: platform,
      mails: [{ ...SAMPLE_MAIL, href: '/dev/mail/acme/01a20ccb-5908-7421-b495-92cb052cefe0' }],
    },
    'dev-mailbox-empty': { page: 'dev-mailbox', context: platform, mails: [] },
    'dev-mail': {
      page: 'dev-mail',
      context: platform,
      ...SAMPLE_MAIL,
      from: 'Acme <no-reply@id.example.com>',
      text: `Please confirm your address\n\nhttp://localhost:3000/t/acme/confirm?token=${'a'.repeat(43)}`,
      link: `http://localhost:3000/t/acme/confirm?token=${'a'.repeat(43)}`,
      htmlPath: '/dev/mail/acme/01a20ccb-5908-7421-b495-92cb052cefe0/html',
      mailboxPath: '/dev/mail',
    },
    welcome: {
      page: 'welcome',
      context: platform,
      tenants: ['acme', 'globex'].map((slug) => ({
        displayName: slug,
        issuer: `http://localhost:3000/t/${slug}`,
        discoveryUri: `http://localhost:3000/t/${slug}/.well-known/openid-configuration`,
      })),
      topics: [
        { title: 'First token', text: 'A token in one command', href: 'https://docs.example/#first-token' },
        { title: 'Your own tenant', text: 'Create one by API or command line', href: 'https://docs.example/#tenant' },
        { title: 'Going to production', href: 'https://docs.example/#production' },
      ],
    },
  };
}
