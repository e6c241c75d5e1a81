import type { MessageKey } from '../language/messages.js';
import type { ErrorPage, ErrorReason } from './page-content.js';

/** Who can do something about an error; decides the advice on the page. */
type Fixer = 'person' | 'developer' | 'administrator' | 'operator';

type ErrorName = MessageKey extends infer K ? (K extends `error.${infer Name}.title` ? Name : never) : never;

export interface ErrorTexts {
  readonly title: `error.${ErrorName}.title`;
  readonly text: `error.${ErrorName}.text`;
  readonly advice: `error.${Fixer}`;
}

const BY_REASON: Readonly<Record<ErrorReason, ErrorTexts>> = {
  unknown_client: texts('unknown_client', 'developer'),
  redirect_uri_mismatch: texts('redirect_uri_mismatch', 'developer'),
  form_expired: texts('form_expired', 'person'),
  request_gone: texts('request_gone', 'person'),
  not_found: texts('not_found', 'person'),
  too_many_requests: texts('too_many_requests', 'operator'),
  tenant_busy: texts('tenant_busy', 'operator'),
};

/** RFC 6749 §4.1.2.1, RFC 7591 §3.2.2, RFC 8707 §2, RFC 9470 §3, OpenID Connect Core §3.1.2.6. */
const BY_CODE: Readonly<Record<string, ErrorTexts>> = {
  invalid_request: texts('invalid_request', 'developer'),
  invalid_client: texts('unknown_client', 'developer'),
  invalid_redirect_uri: texts('redirect_uri_mismatch', 'developer'),
  unauthorized_client: texts('unauthorized_client', 'administrator'),
  access_denied: texts('access_denied', 'person'),
  unsupported_response_type: texts('unsupported_response', 'developer'),
  unsupported_response_mode: texts('unsupported_response', 'developer'),
  invalid_scope: texts('invalid_scope', 'developer'),
  invalid_target: texts('invalid_target', 'developer'),
  invalid_request_uri: texts('invalid_request_object', 'developer'),
  invalid_request_object: texts('invalid_request_object', 'developer'),
  request_not_supported: texts('invalid_request_object', 'developer'),
  request_uri_not_supported: texts('invalid_request_object', 'developer'),
  registration_not_supported: texts('invalid_request_object', 'developer'),
  login_required: texts('login_required', 'person'),
  interaction_required: texts('interaction_required', 'person'),
  consent_required: texts('interaction_required', 'person'),
  account_selection_required: texts('interaction_required', 'person'),
  insufficient_user_authentication: texts('stronger_sign_in', 'administrator'),
  unmet_authentication_requirements: texts('stronger_sign_in', 'administrator'),
  server_error: texts('server_error', 'operator'),
  temporarily_unavailable: texts('temporarily_unavailable', 'operator'),
};

const STATUS_BY_CODE: Readonly<Record<string, number>> = { server_error: 500, temporarily_unavailable: 503 };

const UNKNOWN_ERROR = texts('invalid_request', 'developer');

export function errorTexts({ error, reason }: Pick<ErrorPage, 'error' | 'reason'>): ErrorTexts {
  if (reason !== undefined) return BY_REASON[reason];
  return (isKnownError(error) ? BY_CODE[error] : undefined) ?? UNKNOWN_ERROR;
}

/** One that has texts of its own. */
export function isKnownError(error: string | null): error is string {
  return error !== null && Object.hasOwn(BY_CODE, error);
}

export function isErrorReason(reason: string | null): reason is ErrorReason {
  return reason !== null && Object.hasOwn(BY_REASON, reason);
}

/** The status of an error page that is opened at its own address. */
export function statusOf({ error, reason }: Pick<ErrorPage, 'error' | 'reason'>): number {
  if (reason === 'not_found') return 404;
  if (reason === 'too_many_requests' || reason === 'tenant_busy') return 429;
  return STATUS_BY_CODE[error] ?? 400;
}

/** The code as it may stand in the page: the characters of registered codes, or the code for anything odd. */
export function shownErrorCode(error: string): string {
  return /^[a-z_]{1,64}$/.test(error) ? error : 'invalid_request';
}

function texts(name: ErrorName, fixer: Fixer): ErrorTexts {
  return { title: `error.${name}.title`, text: `error.${name}.text`, advice: `error.${fixer}` };
}
