import type { AccountFrame } from '../../src/pages/account-content.js';
import type { PageView, TenantPageContext } from '../../src/pages/page-content.js';
import type { SecondFactorPage, TotpEnrolmentPage } from '../../src/pages/second-factor-content.js';

const form = (path: string) => ({ action: `/t/sample${path}`, hidden: { csrf: 'p6R0mDkq', request: 'Xv7b' } });

/** The pages of second factors, as they could be. */
export function secondFactorSamples(
  { slug }: { readonly slug: string },
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
      { factor: 'recovery-code', href: '/t/sample/second-factor/recovery-code?request=Xv7b' },
      { factor: 'sms', href: '/t/sample/second-factor/sms?request=Xv7b' },
    ],
    canRemember: true,
    switchAccount: form('/consent/switch'),
  };
  const app: TotpEnrolmentPage = {
    page: 'totp-enrolment',
    context,
    ...form('/second-factor/enrol-totp'),
    qrCode: { size: 37, path: 'M4 4h1v1h-1zM6 4h1v1h-1zM4 6h1v1h-1z' },
    uri: 'otpauth://totp/Sample:alice?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Sample',
    secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    backHref: '/t/sample/account/second-factor',
  };
  const choices = [
    { factor: 'totp', href: '/t/sample/second-factor/enrol-totp?request=Xv7b' },
    { factor: 'sms', href: '/t/sample/second-factor/sms?request=Xv7b' },
  ];
  return {
    'second-factor': challenge,
    'second-factor-wrong': { ...challenge, notice: 'wrong_code' },
    'second-factor-wait': { ...challenge, notice: 'too_many_attempts', retryAfterSeconds: 290, others: [] },
    'second-factor-recovery': { ...challenge, factor: 'recovery-code', canRemember: false },
    'second-factor-enrolment': { page: 'second-factor-enrolment', context, choices, skip: form('/second-factor/skip') },
    'second-factor-enrolment-required': { page: 'second-factor-enrolment', context, choices: choices.slice(0, 1) },
    'totp-enrolment': app,
    'totp-enrolment-wrong': { ...app, notice: 'wrong_code' },
    'recovery-codes': {
      page: 'recovery-codes',
      context,
      codes: Array.from({ length: 10 }, (_, index) => `bcdf${index}-ghjkm`),
      isNewFactor: true,
      continueHref: '/t/sample/authorize/resume?request=Xv7b',
    },
    'account-second-factor': {
      page: 'account-second-factor',
      context,
      frame,
      factors: [
        { factor: 'totp', addedAt: new Date('2026-03-03T10:00:00Z'), remove: form('/account/second-factor/remove') },
      ],
      setUp: [{ factor: 'sms', href: '/t/sample/second-factor/sms' }],
      recoveryCodes: { left: 3, renew: form('/account/second-factor/recovery-codes') },
      devices: { count: 2, forget: form('/account/second-factor/forget') },
    },
  };
}
