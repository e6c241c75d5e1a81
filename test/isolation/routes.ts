import type { Platform } from '../support/platform.js';

interface ExpressRouter {
  readonly stack: readonly {
    readonly route?: { readonly path: string; readonly stack: readonly { readonly method: string }[] };
  }[];
}

/** Every route of the running application, as `METHOD /path`. The fast lane has none that is not among them. */
export function findRoutes(platform: Platform): string[] {
  const { router } = platform.application.nest.getHttpAdapter().getInstance() as unknown as { router: ExpressRouter };
  const routes = router.stack.flatMap(({ route }) =>
    (route?.stack ?? []).map(({ method }) => `${method.toUpperCase()} ${withoutDigest(route?.path ?? '')}`),
  );
  return [...new Set(routes)];
}

function withoutDigest(path: string): string {
  return path.replace(/-[0-9a-f]{12}\.css$/, '.css');
}
