import type {
  ConsentPage,
  ErrorPage,
  FormPostPage,
  PasswordPage,
  RequestExpiredPage,
  SignInPage,
  SignOutPage,
  SignedOutPage,
} from '../page-content.js';
import { type SampleTenant, contextOf, form, scopeGroups } from './sample-parts.js';

export function signInPage(tenant: SampleTenant): SignInPage {
  return {
    page: 'sign-in',
    context: contextOf(tenant),
    ...form('/login'),
    clientName: tenant.locale === 'de' ? 'Bestellportal' : 'Order Desk',
    redirectHost: `orders.${tenant.slug}.example`,
  };
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

export function passwordPage(tenant: SampleTenant): PasswordPage {
  return {
    page: 'password',
    context: contextOf(tenant),
    ...form('/change-password'),
    username: `alice@${tenant.slug}.example`,
    minLength: 15,
    accountPath: '/t/sample/account',
  };
}

export function signOutPage(tenant: SampleTenant): SignOutPage {
  return {
    page: 'sign-out',
    context: contextOf(tenant),
    ...form('/logout'),
    userName: `alice@${tenant.slug}.example`,
    clientName: 'Order Desk',
    stayPath: '/t/sample/account',
  };
}

export function signedOutPage(tenant: SampleTenant): SignedOutPage {
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

export function errorPage(tenant: SampleTenant): ErrorPage {
  return {
    page: 'error',
    context: contextOf(tenant),
    error: 'invalid_request',
    reason: 'redirect_uri_mismatch',
    requestId: '01JZ8Q6W3K9T2M5R',
    back: { href: 'https://orders.example/', clientName: 'Order Desk' },
  };
}

export function formPostPage(tenant: SampleTenant): FormPostPage {
  return {
    page: 'form-post',
    context: contextOf(tenant),
    action: 'https://orders.example/callback',
    fields: { code: 'SplxlOBeZQQYbYS6WxSbIA', state: 'af0ifjsldkj', submit: 'a field named like the method' },
    clientName: 'Order Desk',
  };
}

export function requestExpiredPage(tenant: SampleTenant): RequestExpiredPage {
  return {
    page: 'request-expired',
    context: contextOf(tenant),
    startAgainHref: '/t/sample/authorize?client_id=web',
    back: { href: 'https://orders.example/', clientName: 'Order Desk' },
    requestId: '01JZ8Q6W3K9T2M5R',
  };
}

export function requestExpiredFormPage(tenant: SampleTenant): RequestExpiredPage {
  const fields = { error: 'access_denied', state: '"><b>', submit: 'a field named like the method' };
  return {
    ...requestExpiredPage(tenant),
    back: { href: 'https://orders.example/callback', clientName: 'Order Desk', fields },
  };
}
