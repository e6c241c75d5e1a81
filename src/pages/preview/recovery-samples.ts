import type { TenantPageContext } from '../page-content.js';
import type { RecoveryPageView } from '../recovery-content.js';

/** Every page for people who forgot something, in every state worth looking at. */
export function recoverySamples(context: TenantPageContext): Readonly<Record<string, RecoveryPageView>> {
  const form = (path: string) => ({ action: `/t/sample${path}`, hidden: { csrf: 'p6R0mDkq', request: 'Xv7b' } });
  const frame = { context, signInPath: '/t/sample/sign-in?request=Xv7b' };
  const usernamePath = '/t/sample/forgot-username?request=Xv7b';
  const forgotten = { page: 'forgotten-password', ...frame, ...form('/forgot-password'), usernamePath } as const;
  const againPath = '/t/sample/forgot-password?request=Xv7b';
  const sent = { page: 'reset-sent', ...frame, ...form('/forgot-password/code'), minutes: 15, againPath } as const;
  const account = { username: 'alice@sample.example', minLength: 15, endsSessions: true };
  const fresh = { page: 'new-password', ...frame, ...form('/reset-password'), ...account } as const;
  const username = { page: 'forgotten-username', ...frame, ...form('/forgot-username') } as const;
  return {
    'forgotten-password': forgotten,
    'forgotten-password-wait': {
      ...forgotten,
      identifier: 'alice',
      notice: 'too_many_requests',
      retryAfterSeconds: 90,
    },
    'reset-sent': sent,
    'reset-sent-wrong': { ...sent, notice: 'wrong_code' },
    'reset-sent-spent': { ...sent, notice: 'spent_code' },
    'new-password': fresh,
    'new-password-refused': { ...fresh, endsSessions: false, notice: 'breached' },
    'forgotten-username': username,
    'forgotten-username-empty': { ...username, notice: 'identifier_required' },
    'username-sent': { page: 'username-sent', ...frame },
    'no-reset-gone': { page: 'no-reset', reason: 'gone', againPath, ...frame },
    'no-reset-off': { page: 'no-reset', reason: 'off', ...frame },
  };
}
