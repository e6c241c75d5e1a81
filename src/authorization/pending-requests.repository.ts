import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';

/** An authorization request that waits for a person: each has a row of its own, so tabs do not disturb each other. */
export interface PendingRequest {
  readonly id: string;
  readonly clientId: string;
  readonly parameters: readonly [string, string][];
  /** Digest of the browser's secret; undefined until the browser that came by POST shows it. */
  readonly browserDigest: Buffer | undefined;
  /** Unix time in seconds, with fractions. */
  readonly createdAt: number;
  readonly expired: boolean;
  /** Undefined while the request waits. */
  readonly answer: GivenAnswer | undefined;
}

export type Decision = 'granted' | 'denied';

/** How a pending request was answered. */
export interface GivenAnswer {
  /** Undefined when an older version of the platform gave it. */
  readonly decision: Decision | undefined;
  /** Id of the user who was signed in. */
  readonly userId: string | undefined;
  /** It was given less than `REPEATABLE_SECONDS` ago. */
  readonly isRecent: boolean;
}

/** For so long the same browser gets the answer again, without a question: a form that is sent twice, Back, a reload. */
const REPEATABLE_SECONDS = 60;

interface PendingRow {
  readonly id: string;
  readonly client_id: string;
  readonly parameters: [string, string][];
  readonly browser_digest: Buffer | null;
  readonly created_at: number;
  readonly expired: boolean;
  readonly completed: boolean;
  readonly recent: boolean | null;
  readonly decision: Decision | null;
  readonly decided_by: string | null;
}

const create = statement(
  'authorization_requests.create',
  `INSERT INTO authorization_requests (tenant_id, id, client_id, parameters, browser_digest, expires_at)
   VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))
   RETURNING extract(epoch FROM created_at)::float8 AS created_at`,
);
const find = statement(
  'authorization_requests.find',
  `SELECT id, client_id, parameters, browser_digest, extract(epoch FROM created_at)::float8 AS created_at,
          expires_at <= now() AS expired, completed_at IS NOT NULL AS completed, decision, decided_by,
          completed_at > now() - make_interval(secs => ${REPEATABLE_SECONDS}) AS recent
     FROM authorization_requests WHERE tenant_id = $1 AND id = $2`,
);
const bind = statement(
  'authorization_requests.bind',
  `UPDATE authorization_requests SET browser_digest = $3
    WHERE tenant_id = $1 AND id = $2 AND browser_digest IS NULL RETURNING id`,
);
const replaceParameters = statement(
  'authorization_requests.replace_parameters',
  'UPDATE authorization_requests SET parameters = $3 WHERE tenant_id = $1 AND id = $2 AND completed_at IS NULL',
);
const complete = statement(
  'authorization_requests.complete',
  `UPDATE authorization_requests SET completed_at = now(), decision = $3, decided_by = $4
    WHERE tenant_id = $1 AND id = $2 AND completed_at IS NULL AND expires_at > now() RETURNING id`,
);

@Injectable()
export class PendingRequestsRepository {
  constructor(private readonly database: Database) {}

  /** @returns its creation time, Unix seconds with fractions */
  async create(
    tenantId: TenantId,
    request: {
      readonly id: string;
      readonly clientId: string;
      readonly parameters: readonly [string, string][];
      readonly browserDigest: Buffer | undefined;
      readonly lifetimeSeconds: number;
    },
  ): Promise<number> {
    const { id, clientId, parameters, browserDigest, lifetimeSeconds } = request;
    const values = [tenantId, id, clientId, JSON.stringify(parameters), browserDigest ?? null, lifetimeSeconds];
    const [row] = await this.database.query<{ created_at: number }>(tenantId, create, values);
    if (!row) throw new Error('The authorization request was not stored.');
    return row.created_at;
  }

  async find(tenantId: TenantId, id: string): Promise<PendingRequest | undefined> {
    const [row] = await this.database.query<PendingRow>(tenantId, find, [tenantId, id]);
    return (
      row && {
        id: row.id,
        clientId: row.client_id,
        parameters: row.parameters,
        browserDigest: row.browser_digest ?? undefined,
        createdAt: row.created_at,
        expired: row.expired,
        answer: row.completed ? answerOf(row) : undefined,
      }
    );
  }

  /** Ties a request without a browser to this one. @returns false when another browser was faster */
  async bind(tenantId: TenantId, id: string, browserDigest: Buffer): Promise<boolean> {
    return (await this.database.query(tenantId, bind, [tenantId, id, browserDigest])).length === 1;
  }

  async replaceParameters(
    tenantId: TenantId,
    id: string,
    parameters: readonly (readonly [string, string])[],
  ): Promise<void> {
    await this.database.query(tenantId, replaceParameters, [tenantId, id, JSON.stringify(parameters)]);
  }

  /**
   * Answers the request. @returns true for one caller only, and only before it expires
   * @param answer what was decided, and the id of the user who is signed in
   */
  async complete(
    tenantId: TenantId,
    id: string,
    answer: { readonly decision: Decision; readonly userId: string | undefined },
    transaction: Transaction,
  ): Promise<boolean> {
    const values = [tenantId, id, answer.decision, answer.userId ?? null];
    return (await transaction.query(complete, values)).length === 1;
  }
}

function answerOf({ decision, decided_by: userId, recent }: PendingRow): GivenAnswer {
  return { decision: decision ?? undefined, userId: userId ?? undefined, isRecent: recent ?? false };
}
