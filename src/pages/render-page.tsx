import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { messagesFor, type MessageSet, type Wishes } from '../language/messages.js';
import type { PageContext, PageView } from './page-content.js';
import { AccountActivityView } from './views/account-activity.view.js';
import { AccountApplicationsView } from './views/account-applications.view.js';
import { AccountPasskeysView } from './views/account-passkeys.view.js';
import { AccountClientFormView } from './views/account-client-form.view.js';
import { AccountClientRedirectsView, AccountClientSnippetsView } from './views/account-client-help.view.js';
import { AccountClientOwnersView } from './views/account-client-owners.view.js';
import { AccountClientSecretsView } from './views/account-client-secrets.view.js';
import { AccountClientDeleteView, AccountClientView } from './views/account-client.view.js';
import { AccountClientsView } from './views/account-clients.view.js';
import { AccountDataView, AccountDeleteView } from './views/account-data.view.js';
import { AccountEmailView, ConfirmEmailView } from './views/account-email.view.js';
import { AccountProfileView } from './views/account-profile.view.js';
import { AccountSecurityView } from './views/account-security.view.js';
import { AccountSessionsView } from './views/account-sessions.view.js';
import { CompleteProfileView } from './views/complete-profile.view.js';
import { KeepAccountView } from './views/keep-account.view.js';
import { AcceptTermsView } from './views/accept-terms.view.js';
import { AccountFormView } from './views/account-form.view.js';
import { AccountView } from './views/account.view.js';
import { BrandingPreviewView } from './views/branding-preview.view.js';
import { ConfirmAddressView } from './views/confirm-address.view.js';
import { ConsentView } from './views/consent.view.js';
import { DevMailView, DevMailboxView } from './views/dev-mail.view.js';
import { ErrorView } from './views/error.view.js';
import { FormPostView } from './views/form-post.view.js';
import { MailCodeView } from './views/mail-code.view.js';
import { MessageView } from './views/message.view.js';
import { PasskeyStepView } from './views/passkey-step.view.js';
import { PasswordView } from './views/password.view.js';
import { ProveAddressView } from './views/prove-address.view.js';
import { RecoveryView } from './views/recovery.view.js';
import { RequestExpiredView } from './views/request-expired.view.js';
import { AccountSecondFactorView } from './views/account-second-factor.view.js';
import { RecoveryCodesView } from './views/recovery-codes.view.js';
import { SecondFactorEnrolmentView } from './views/second-factor-enrolment.view.js';
import { SecondFactorView } from './views/second-factor.view.js';
import { TotpEnrolmentView } from './views/totp-enrolment.view.js';
import { SetupLinkEndedView, SetupLinkView } from './views/setup-link.view.js';
import { SignInView } from './views/sign-in.view.js';
import { SignOutView } from './views/sign-out.view.js';
import { SignedOutView } from './views/signed-out.view.js';
import { TenantNotFoundView } from './views/tenant-not-found.view.js';
import { WelcomeView } from './views/welcome.view.js';

/**
 * A page as a complete HTML document. Pure: the same view gives the same text. Every string of the view is escaped by
 * the renderer; the document needs `style-src 'self' 'nonce-…'`, `img-src 'self'` and, where there is a
 * script, `script-src 'nonce-…'` (passkeys: `connect-src 'self'` as well).
 */
export function renderPage(
  view: PageView,
  messages: MessageSet = messagesFor(view.context.locale, wishesOf(view.context)),
): string {
  return `<!doctype html>${renderToString(viewElement(view, messages))}`;
}

/** What decides on the texts of a page beside its language. */
export function wishesOf({ languageTag, tenant }: PageContext): Wishes {
  return { languageTag, ownTexts: tenant?.ownTexts, fallback: tenant?.branding.defaultLocale };
}

function viewElement(view: PageView, messages: MessageSet): VNode {
  switch (view.page) {
    case 'sign-in':
      return <SignInView view={view} messages={messages} />;
    case 'consent':
      return <ConsentView view={view} messages={messages} />;
    case 'sign-out':
      return <SignOutView view={view} messages={messages} />;
    case 'signed-out':
      return <SignedOutView view={view} messages={messages} />;
    case 'error':
      return <ErrorView view={view} messages={messages} />;
    case 'form-post':
      return <FormPostView view={view} messages={messages} />;
    case 'account':
      return <AccountView view={view} messages={messages} />;
    case 'account-security':
      return <AccountSecurityView view={view} messages={messages} />;
    case 'account-sessions':
      return <AccountSessionsView view={view} messages={messages} />;
    case 'account-applications':
      return <AccountApplicationsView view={view} messages={messages} />;
    case 'account-clients':
      return <AccountClientsView view={view} messages={messages} />;
    case 'account-client':
      return <AccountClientView view={view} messages={messages} />;
    case 'account-client-form':
      return <AccountClientFormView view={view} messages={messages} />;
    case 'account-client-secrets':
      return <AccountClientSecretsView view={view} messages={messages} />;
    case 'account-client-owners':
      return <AccountClientOwnersView view={view} messages={messages} />;
    case 'account-client-redirects':
      return <AccountClientRedirectsView view={view} messages={messages} />;
    case 'account-client-snippets':
      return <AccountClientSnippetsView view={view} messages={messages} />;
    case 'account-client-delete':
      return <AccountClientDeleteView view={view} messages={messages} />;
    case 'account-passkeys':
      return <AccountPasskeysView view={view} messages={messages} />;
    case 'passkey-step':
      return <PasskeyStepView view={view} messages={messages} />;
    case 'second-factor':
      return <SecondFactorView view={view} messages={messages} />;
    case 'second-factor-enrolment':
      return <SecondFactorEnrolmentView view={view} messages={messages} />;
    case 'totp-enrolment':
      return <TotpEnrolmentView view={view} messages={messages} />;
    case 'recovery-codes':
      return <RecoveryCodesView view={view} messages={messages} />;
    case 'account-second-factor':
      return <AccountSecondFactorView view={view} messages={messages} />;
    case 'account-profile':
      return <AccountProfileView view={view} messages={messages} />;
    case 'account-email':
      return <AccountEmailView view={view} messages={messages} />;
    case 'confirm-email':
      return <ConfirmEmailView view={view} messages={messages} />;
    case 'account-activity':
      return <AccountActivityView view={view} messages={messages} />;
    case 'account-data':
      return <AccountDataView view={view} messages={messages} />;
    case 'keep-account':
      return <KeepAccountView view={view} messages={messages} />;
    case 'account-delete':
      return <AccountDeleteView view={view} messages={messages} />;
    case 'password':
      return <PasswordView view={view} messages={messages} />;
    case 'forgotten-password':
    case 'reset-sent':
    case 'new-password':
    case 'forgotten-username':
    case 'username-sent':
    case 'no-reset':
      return <RecoveryView view={view} messages={messages} />;
    case 'request-expired':
      return <RequestExpiredView view={view} messages={messages} />;
    case 'tenant-not-found':
      return <TenantNotFoundView view={view} messages={messages} />;
    case 'dev-mailbox':
      return <DevMailboxView view={view} messages={messages} />;
    case 'dev-mail':
      return <DevMailView view={view} messages={messages} />;
    case 'branding-preview':
      return <BrandingPreviewView view={view} messages={messages} />;
    case 'welcome':
      return <WelcomeView view={view} messages={messages} />;
    case 'account-form':
      return <AccountFormView view={view} messages={messages} />;
    case 'mail-code':
      return <MailCodeView view={view} messages={messages} />;
    case 'confirm-address':
      return <ConfirmAddressView view={view} messages={messages} />;
    case 'prove-address':
      return <ProveAddressView view={view} messages={messages} />;
    case 'accept-terms':
      return <AcceptTermsView view={view} messages={messages} />;
    case 'complete-profile':
      return <CompleteProfileView view={view} messages={messages} />;
    case 'message':
      return <MessageView view={view} messages={messages} />;
    case 'setup-link':
      return <SetupLinkView view={view} messages={messages} />;
    case 'setup-link-ended':
      return <SetupLinkEndedView view={view} messages={messages} />;
  }
}
