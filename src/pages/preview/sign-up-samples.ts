import { sampleAttributes } from './attribute-samples.js';
import type { FormTarget, TenantPageContext } from '../page-parts.js';
import type {
  AccountField,
  AccountFormPage,
  ConfirmAddressPage,
  MailCodePage,
  SignUpView,
} from '../sign-up-content.js';

const form = (path: string): FormTarget => ({ action: `/t/sample${path}`, hidden: { csrf: 'a token' } });

/** How people come to an account. */
export function signUpSamples(context: TenantPageContext): Readonly<Record<string, SignUpView>> {
  const address = 'ada.lovelace@analytical-engines.example';
  const field = (kind: AccountField['kind'], more: Partial<AccountField> = {}): AccountField => ({
    kind,
    isRequired: true,
    ...more,
  });
  const terms = { version: '2026-01', uri: 'https://www.acme.example/terms', isAccepted: false };
  const passwords = [field('new_password'), field('new_password_again')];
  const optional = [field('username', { isRequired: false }), field('phone_number', { isRequired: false })];
  const signUp: AccountFormPage = {
    page: 'account-form',
    context,
    kind: 'sign-up',
    minLength: 15,
    terms,
    ...form('/sign-up'),
    inputs: [field('email'), ...optional, field('name'), ...passwords],
    signInPath: '/t/sample/sign-in',
  };
  const code: MailCodePage = {
    page: 'mail-code',
    context,
    address,
    ...form('/sign-up-code'),
    againPath: '/t/sample/sign-up',
    resend: form('/sign-up-code/resend'),
    opened: form('/sign-up-code/continue'),
  };
  const confirm: ConfirmAddressPage = {
    page: 'confirm-address',
    context,
    kind: 'signUp',
    address,
    isOwn: false,
    ...form('/link'),
  };
  const username = field('username', { value: 'ada', fault: 'taken' });
  const message = { page: 'message', context, reason: 'spentSignUp', isRefusal: true } as const;
  const actions = [
    { kind: 'signIn', href: '/t/sample/sign-in' },
    { kind: 'beginAgain', href: '/t/sample/sign-up' },
  ] as const;
  return {
    'sign-up': signUp,
    'sign-up-faults': {
      ...signUp,
      inputs: [
        field('email', { value: 'ada', fault: 'not_an_address' }),
        field('name', { fault: 'missing' }),
        field('new_password', { fault: 'too_short' }),
        field('new_password_again', { fault: 'not_repeated' }),
      ],
      terms: { ...terms, fault: 'not_accepted' },
    },
    'sign-up-attributes': { ...signUp, attributes: sampleAttributes.slice(0, 2) },
    'sign-up-busy': { ...signUp, isBusy: true },
    invitation: { ...signUp, kind: 'invitation', owner: address, inputs: [field('name'), ...passwords] },
    'set-password': { ...signUp, kind: 'set-password', owner: 'ada', inputs: passwords, terms: undefined },
    'mail-code': code,
    'mail-code-wrong': { ...code, notice: 'wrong' },
    'mail-code-username': { ...code, notice: 'usernameTaken', username },
    'confirm-address': confirm,
    'confirm-address-username': { ...confirm, isOwn: true, username },
    'confirm-address-verify': { ...confirm, kind: 'verify' },
    'mail-code-verify': { ...code, againPath: undefined, switchAccount: form('/consent/switch') },
    'prove-address': {
      page: 'prove-address',
      context,
      address,
      ...form('/verify-address/send'),
      switchAccount: form('/consent/switch'),
    },
    'prove-address-new': {
      page: 'prove-address',
      context,
      ...form('/verify-address/send'),
      switchAccount: form('/end-session/confirm'),
      field: field('email', { value: 'ada', fault: 'not_an_address' }),
    },
    'accept-terms': { page: 'accept-terms', context, version: '2026-01', uri: terms.uri, ...form('/accept-terms') },
    message: { ...message, actions },
    'message-ready': { ...message, reason: 'accountReady', isRefusal: false, form: form('/continue'), actions: [] },
    'message-closed': { ...message, reason: 'signUpClosed', actions: actions.slice(0, 1) },
  };
}
