import { PASSKEY_SCRIPT_PATH } from '../look/passkey-script.js';
import type { PageView } from '../page-content.js';
import {
  accountActivityPage,
  accountApplicationsPage,
  accountDataPage,
  accountDeletePage,
  accountEmailPage,
  accountPage,
  accountPasskeysPage,
  accountProfilePage,
  accountSecurityPage,
  accountSessionsPage,
  confirmEmailPage,
  keepAccountPage,
} from './account-samples.js';
import { attributeSamples } from './attribute-samples.js';
import { clientSamples } from './client-samples.js';
import { recoverySamples } from './recovery-samples.js';
import { type SampleTenant, accountFrame, contextOf, form, framed, scopeGroups } from './sample-parts.js';
import { secondFactorSamples } from './second-factor-samples.js';
import {
  consentPage,
  errorPage,
  formPostPage,
  passwordPage,
  requestExpiredFormPage,
  requestExpiredPage,
  signInPage,
  signOutPage,
  signedOutPage,
} from './sign-in-samples.js';
import { setupLinkSamples } from './setup-link-samples.js';
import { signUpSamples } from './sign-up-samples.js';
import type { QrCode } from '../second-factor/qr-code.js';

/**
 * Every page of a tenant in every state worth looking at, by name.
 * @param qrCode of an authenticator app, as `qrCodeOf` makes it
 */
export function samplePages(tenant: SampleTenant, qrCode: QrCode): Readonly<Record<string, PageView>> {
  const context = contextOf(tenant);
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
    ...signUpSamples(context),
    ...setupLinkSamples(context),
    ...attributeSamples(context),
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
    ...secondFactorSamples({ ...tenant, qrCode }, context, accountFrame(tenant, '/account/security')),
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
    ...clientSamples(tenant),
    ...recoverySamples(contextOf(tenant)),
    'password-wait': { ...passwordPage(tenant), notice: 'too_many_attempts', retryAfterSeconds: 90 },
    'request-expired': requestExpiredPage(tenant),
    'request-expired-form': requestExpiredFormPage(tenant),
  };
}
