import { scopesByResource } from '../consent/consent.service.js';
import { digest } from '../crypto/digest.js';
import type { Access } from '../resources/access.js';

/**
 * Names what a consent page asked for, in a few characters for its form. An API, a client or a policy may change while
 * the page is open, and a scope name that meant nothing may mean something then. The button allows what was shown.
 */
export function nameOfAsked(access: Access): string {
  return digest(JSON.stringify([...scopesByResource(access)])).toString('base64url');
}
