import type { BodyOf, OperationId, RequestOf } from '../../management-client/management-client.js';
import { type ApiAnswer, type IdOf, type ManagementApi, type Member, RefusedError } from '../management-api.js';

/** A change that another one overtook is made again on what is there then; more than so often is a fault. */
const ATTEMPTS = 4;

/** What is changed: the operations that read and write it, and how a sentence names it where it is missing. */
interface Changed<Read extends OperationId, Write extends OperationId> {
  readonly read: Read;
  readonly write: Write;
  readonly path: RequestOf<Read>['path'] & RequestOf<Write>['path'];
  readonly missing: string;
}

/**
 * A change by JSON Merge Patch of the version that is there. Without a version of the person's own, a change that
 * another one overtook is made again: the members were given, not computed from what was read. The answer is what reading
 * it would give now.
 */
export async function change<Read extends IdOf<'get'>, Write extends IdOf<'patch'>>(
  api: ManagementApi,
  target: Changed<Read, Write>,
  body: BodyOf<Write>,
  ifMatch?: string,
): Promise<ApiAnswer<Read>> {
  return (await changeAny(api, target as unknown as Changeable, body, ifMatch)) as unknown as ApiAnswer<Read>;
}

interface Changeable {
  readonly read: OperationId;
  readonly write: OperationId;
  readonly path: Readonly<Record<string, string>>;
  readonly missing: string;
}

/** The same of operations that are known when the command runs. */
export async function changeAny(api: ManagementApi, target: Changeable, body: Member, ifMatch?: string) {
  const { read: reading, write, path, missing } = target;
  for (let attempt = 1; ; attempt += 1) {
    const version = ifMatch ?? (await api.perform(reading, { path, missing })).etag;
    try {
      return await api.perform(write, { path, missing, body, headers: { 'If-Match': version } });
    } catch (error) {
      const overtaken = error instanceof RefusedError && error.status === 412;
      if (!overtaken || ifMatch !== undefined || attempt === ATTEMPTS) throw error;
    }
  }
}
