import { HttpCode, SetMetadata, applyDecorators } from '@nestjs/common';
import type { ManagementScope } from '../../resources/management-api.js';
import type { Deprecation } from '../schema/deprecation.js';
import type { Constructor } from '../schema/describe.decorator.js';
import { schemaName } from '../schema/schema-of.js';
import { IsOperation, RequireScope, Reaches } from './management.guard.js';
import type { EndpointReach } from './operator-reach.js';

/** What a handler does, for the guards and for the description of the API alike. */
export interface Endpoint {
  /** The `operationId`. */
  readonly id: string;
  readonly summary: string;
  readonly scope: ManagementScope;
  /** What of a tenant an operator reaches into by it, for which an access grant may be needed. */
  readonly reach: EndpointReach;
  /** A narrower scope that is enough, for all of it or for a part that the handler checks. */
  readonly narrowerScope?: ManagementScope;
  readonly body?: Constructor;
  readonly query?: Constructor;
  /** The body of the answer, by the name its resource describes it under; without one it is a 204. */
  readonly answer?: string;
  /** The body of the answer to a request that changes nothing (`dry_run`), by its name. */
  readonly dryRunAnswer?: string;
  /** Of the answer; default: application/json. The name is then that of one line of it. */
  readonly mediaType?: 'application/x-ndjson' | 'text/event-stream';
  /** It goes on from a cursor that may have expired. */
  readonly follows?: boolean;
  /** Something new is made: 201 with its address, unless it is said to be otherwise. */
  readonly creates?: boolean;
  /** The resource has an entity tag. */
  readonly versioned?: boolean;
  /** It goes away: callers are told, and so are those who read the log. */
  readonly deprecated?: Deprecation;
}

/** The same on the handler, and in the document until it is worked in. */
export interface DescribedEndpoint extends Omit<Endpoint, 'body' | 'query'> {
  readonly body: string | undefined;
  readonly query: string | undefined;
  readonly status: number;
}

/** Key of the metadata of a handler: what `@Endpoint` was given. */
export const GIVEN_ENDPOINT = 'management:given-endpoint';
/** Key of the metadata of a handler. */
export const ENDPOINT = 'management:endpoint';

export function Endpoint(endpoint: Endpoint): MethodDecorator {
  const { scope, narrowerScope, reach, body, query, answer, creates } = endpoint;
  const status = answer === undefined ? 204 : creates ? 201 : 200;
  const described: DescribedEndpoint = {
    ...endpoint,
    status,
    body: body && schemaName(body),
    query: query && schemaName(query),
  };
  return applyDecorators(
    RequireScope(scope, ...(narrowerScope ? [narrowerScope] : [])),
    Reaches(reach),
    IsOperation(endpoint.id),
    HttpCode(status),
    SetMetadata(ENDPOINT, described),
    SetMetadata(GIVEN_ENDPOINT, endpoint),
  );
}
