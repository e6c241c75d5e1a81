import type { DemoClient } from './demo-settings.js';

/** What a visitor types to try a client of a tenant of their own. */
export interface OwnClientForm {
  readonly tenant: string;
  readonly client_id: string;
  readonly client_secret: string;
  readonly scope: string;
}

export interface OwnClient extends DemoClient {
  readonly scope: string;
}

export const OWN_SCOPE = 'openid profile email';
const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Visible ASCII, as the platform has them (RFC 6749 Appendix A.1). */
const CLIENT_ID = /^[\x21-\x7e]{1,256}$/;
const MAX_LENGTH = 1000;

/** Whatever was sent, as the fields of the form. */
export function toForm(sent: Readonly<Record<string, unknown>>): OwnClientForm {
  const text = (name: keyof OwnClientForm) => {
    const value = sent[name];
    return typeof value === 'string' ? value.trim().slice(0, MAX_LENGTH) : '';
  };
  return {
    tenant: text('tenant'),
    client_id: text('client_id'),
    client_secret: text('client_secret'),
    scope: text('scope') || OWN_SCOPE,
  };
}

/**
 * The client of the form. Only a tenant of this platform can be named, so the application fetches nothing from
 * anywhere else.
 * @throws Error that says what to change
 */
export function toOwnClient(form: OwnClientForm, platform: string): OwnClient {
  if (!SLUG.test(form.tenant)) {
    throw new Error('Name the tenant as in its issuer: lower-case letters, digits and hyphens, such as harbour-bank.');
  }
  if (!CLIENT_ID.test(form.client_id)) throw new Error('The client ID is missing, or has characters that none has.');
  const scope = form.scope.split(/\s+/).join(' ');
  if (!scope.split(' ').includes('openid')) throw new Error('The scope needs openid: without it nobody is signed in.');
  return {
    name: form.tenant,
    issuer: `${platform}/t/${form.tenant}`,
    clientId: form.client_id,
    clientSecret: form.client_secret || undefined,
    scope,
  };
}
