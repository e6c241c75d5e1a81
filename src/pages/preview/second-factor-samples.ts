import type { AccountFrame } from '../account-content.js';
import type { PageView, TenantPageContext } from '../page-content.js';
import { PASSKEY_SCRIPT_PATH } from '../look/passkey-script.js';
import type { PasskeyStepPage, SecondFactorPage, TotpEnrolmentPage } from '../second-factor-content.js';
import type { QrCode } from '../second-factor/qr-code.js';

const form = (path: string) => ({ action: `/t/sample${path}`, hidden: { csrf: 'p6R0mDkq', request: 'Xv7b' } });

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
export const SAMPLE_KEY_URI = `otpauth://totp/Sample:alice?secret=${SECRET}&issuer=Sample`;

/** The pages of second factors, as they could be. */
export function secondFactorSamples(
  { slug, qrCode }: { readonly slug: string; readonly qrCode: QrCode },
  context: TenantPageContext,
  frame: AccountFrame,
): Readonly<Record<string, PageView>> {
  const challenge: SecondFactorPage = {
    page: 'second-factor',
    context,
    ...form('/second-factor/totp'),
    factor: 'totp',
    userName: `alice@${slug}.example`,
    clientName: 'Order Desk',
    redirectHost: `orders.${slug}.example`,
    others: [
      { factor: 'passkey', href: '/t/sample/second-factor/passkey?request=Xv7b' },
      { factor: 'recovery-code', href: '/t/sample/second-factor/recovery-code?request=Xv7b' },
      { factor: 'sms', href: '/t/sample/second-factor/sms?request=Xv7b' },
    ],
    canRemember: true,
    switchAccount: form('/consent/switch'),
  };
  const sending = { form: form('/second-factor/email-code/send'), address: `a…e@${slug}.example` };
  const app: TotpEnrolmentPage = {
    page: 'totp-enrolment',
    context,
    ...form('/second-factor/enrol-totp'),
    qrCode,
    uri: SAMPLE_KEY_URI,
    secret: SECRET,
    backHref: '/t/sample/account/second-factor',
  };
  const passkey: PasskeyStepPage = {
    page: 'passkey-step',
    context,
    ...form('/second-factor/passkey'),
    kind: 'challenge',
    optionsPath: '/t/sample/second-factor/passkey/options',
    scriptPath: PASSKEY_SCRIPT_PATH,
    userName: `alice@${slug}.example`,
    others: challenge.others.slice(1, 2),
    canRemember: true,
    switchAccount: form('/consent/switch'),
  };
  const account = { page: 'account-second-factor', context, frame } as const;
  const choices = [
    { factor: 'totp', href: '/t/sample/second-factor/enrol-totp?request=Xv7b' },
    { factor: 'passkey', href: '/t/sample/second-factor/enrol-passkey?request=Xv7b' },
    { factor: 'sms', href: '/t/sample/second-factor/sms?request=Xv7b' },
  ];
  const switchAccount = form('/consent/switch');
  return {
    'second-factor': challenge,
    'second-factor-wrong': { ...challenge, notice: 'wrong_code' },
    'second-factor-wait': { ...challenge, notice: 'too_many_attempts', retryAfterSeconds: 290, others: [] },
    'second-factor-recovery': { ...challenge, factor: 'recovery-code', canRemember: false },
    'second-factor-email': { ...challenge, factor: 'email-code', sending: { ...sending, isSent: false } },
    'second-factor-email-sent': { ...challenge, factor: 'email-code', sending: { ...sending, isSent: true } },
    'second-factor-other': {
      ...challenge,
      factor: 'sms',
      label: 'Text message',
      sending: { form: form('/s'), isSent: false },
    },
    'second-factor-code-enrolment': {
      ...challenge,
      factor: 'sms',
      label: 'Text message',
      enrolment: { backHref: '/t/sample/second-factor/enrol?request=Xv7b' },
      others: [],
      canRemember: false,
    },
    'second-factor-enrolment': {
      page: 'second-factor-enrolment',
      context,
      choices,
      skip: form('/second-factor/skip'),
      switchAccount,
    },
    'second-factor-enrolment-required': {
      page: 'second-factor-enrolment',
      context,
      choices: choices.slice(0, 1),
      switchAccount,
    },
    'second-factor-enrolment-passkey': {
      page: 'second-factor-enrolment',
      context,
      choices: choices.slice(1, 2),
      switchAccount,
    },
    'totp-enrolment': app,
    'totp-enrolment-wrong': { ...app, notice: 'wrong_code' },
    'recovery-codes': {
      page: 'recovery-codes',
      context,
      codes: Array.from({ length: 10 }, (_, index) => `bcdf${index}-ghjkm`),
      isNewFactor: true,
      continueHref: '/t/sample/authorize/resume?request=Xv7b',
    },
    'recovery-codes-new': {
      page: 'recovery-codes',
      context,
      codes: ['bcdf0-ghjkm'],
      isNewFactor: false,
      continueHref: '/t/sample/account/second-factor',
    },
    'passkey-step': passkey,
    'passkey-step-elsewhere': { ...passkey, elsewhere: [`${slug}.id.example`, 'id.example'] },
    'passkey-step-enrolment': {
      ...passkey,
      kind: 'enrolment',
      others: [],
      backHref: '/t/sample/second-factor/enrol?request=Xv7b',
      canRemember: false,
      notice: 'already_added',
    },
    'account-second-factor-empty': {
      ...account,
      factors: [],
      setUp: choices.slice(0, 2).map(({ factor }) => ({ factor, href: '/t/sample/account' })),
    },
    'account-second-factor': {
      ...account,
      factors: [
        { factor: 'totp', addedAt: new Date('2026-03-03T10:00:00Z'), remove: form('/account/second-factor/remove') },
      ],
      setUp: [{ factor: 'sms', href: '/t/sample/second-factor/sms' }],
      recoveryCodes: { left: 3, renew: form('/account/second-factor/recovery-codes') },
      devices: { count: 2, forget: form('/account/second-factor/forget') },
    },
  };
}
