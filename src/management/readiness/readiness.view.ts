import { type ReadinessCheck, isReady } from '../../onboarding/readiness.js';
import type { View } from '../kit/view.js';

/** Each check links to where it is mended in this API. */
export function readinessView(
  checks: readonly ReadinessCheck[],
  { publicUrl, slug }: { readonly publicUrl: string; readonly slug: string },
): View {
  const api = `${publicUrl}/api/v1/tenants/${slug}`;
  return {
    ready: isReady(checks),
    checks: checks.map(({ path, ...check }) => ({ ...check, link: api + path })),
  };
}
