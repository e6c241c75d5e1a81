import type { ServerResponse } from 'node:http';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { corsHeaders } from '../http/cors.js';
import type { Headers } from '../http/security-headers.js';
import { writeAnswer } from './answer-writer.js';
import { ENDPOINTS, type ProtocolEndpoint } from './endpoint.js';
import { EndpointPipeline } from './endpoint-pipeline.js';
import type { OAuthRequest } from './oauth-request.js';

/** Serves a request, or returns false when it is not one for this lane. */
export type Serve = (request: OAuthRequest, response: ServerResponse) => boolean;

interface Route {
  readonly endpoint: ProtocolEndpoint;
  readonly methods: ReadonlySet<string>;
  /** Name, value, name, value: what every answer of this path carries. */
  readonly fields: readonly string[];
}

/**
 * Serves the endpoints before Express, because routing in Express costs more than most of them do. Requests that
 * `isOrdinary` refuses go to Express and the controllers, which call the same endpoints. A test sends the same requests
 * to both lanes and compares the answers.
 */
@Injectable()
export class FastLane {
  private readonly logger = new Logger('OAuth');

  constructor(
    @Inject(ENDPOINTS) private readonly endpoints: readonly ProtocolEndpoint[],
    private readonly pipeline: EndpointPipeline,
  ) {}

  /** @param headers what every answer of the platform carries */
  open(headers: Headers): Serve {
    const routes = this.routesWith(headers);
    return (request, response) => {
      const route = request.tenantAddress && routes.get(request.url);
      if (!route?.methods.has(request.method) || !isOrdinary(request)) return false;
      this.serve(route, request, response).catch((error: unknown) => {
        // An error while writing an answer is a fault of ours. It closes this connection and must not end the process.
        this.logger.error(error, `request ${request.requestId}`);
        response.destroy();
      });
      return true;
    };
  }

  private routesWith(headers: Headers): ReadonlyMap<string, Route> {
    return new Map(
      this.endpoints.flatMap((endpoint) =>
        endpoint.paths.map((path): [string, Route] => [
          path,
          {
            endpoint,
            methods: new Set(endpoint.methods),
            fields: [...headers, ...corsHeaders(path)].flat(),
          },
        ]),
      ),
    );
  }

  private async serve({ endpoint, fields }: Route, request: OAuthRequest, response: ServerResponse): Promise<void> {
    writeAnswer(response, await this.pipeline.answer(endpoint, request), fields);
  }
}

/**
 * Whether the fast lane serves this request. The length of a form must be announced, so that reading it is bounded. A
 * request that accepts HTML comes from a person, who gets a page when nothing is at the address.
 */
function isOrdinary({ method, headers }: OAuthRequest): boolean {
  if (headers.expect !== undefined || headers.accept?.includes('text/html')) return false;
  return method === 'GET' || headers['content-length'] !== undefined;
}
