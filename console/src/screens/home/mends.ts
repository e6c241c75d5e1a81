import type { AnswerOf } from '../../api/operation.js';

export type CheckName = AnswerOf<'getReadiness'>['checks'][number]['name'];

/** The screen where each check of the readiness report is mended. */
export const MENDS: Readonly<Record<CheckName, readonly [string, ...string[]]>> = {
  status: [''],
  addresses: ['domains'],
  keys: ['keys'],
  mail: ['mail'],
  administrator: ['invitations'],
  client: ['applications', 'new'],
  redirect_uris: ['applications'],
  branding: ['branding'],
  grants: ['policies'],
};
