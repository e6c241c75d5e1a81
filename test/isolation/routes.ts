import { ENDPOINTS, type ProtocolEndpoint } from '../../src/protocol/endpoint.js';
import type { Platform } from '../support/platform.js';

interface ExpressRouter {
  readonly stack: readonly {
    readonly route?: { readonly path: string; readonly stack: readonly { readonly method: string }[] };
  }[];
}

/** Every route of the running application, as `METHOD /path`; those of the fast lane have to be among them. */
export function findRoutes(platform: Platform): string[] {
  const { router } = platform.application.nest.getHttpAdapter().getInstance() as unknown as { router: ExpressRouter };
  const routes = router.stack.flatMap(({ route }) =>
    (route?.stack ?? []).map(({ method }) => `${method.toUpperCase()} ${withoutDigest(route?.path ?? '')}`),
  );
  return [...new Set(routes)];
}

/** The paths that are served in front of Express. */
export function findFastPaths(platform: Platform): string[] {
  return platform.application.nest
    .get<readonly ProtocolEndpoint[]>(ENDPOINTS, { strict: false })
    .flatMap(({ paths }) => paths);
}

function withoutDigest(path: string): string {
  return path.replace(/-[0-9a-f]{12}(\.css|\.js)$/, '$1');
}
