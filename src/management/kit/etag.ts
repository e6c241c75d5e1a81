import { Problem } from './problem.js';

/**
 * The strong entity tag of a configuration in one version, RFC 9110 §8.8.3.
 * @param revision of what is shown with it and changes by itself, such as what a tenant inherits
 */
export function etagOf(version: number, revision?: string): string {
  return revision === undefined ? `"v${version}"` : `"v${version}.${revision}"`;
}

/** The same without the revision: what else is shown may have changed, and nobody's work is lost by that. */
function withoutRevision(tag: string): string {
  return tag.replace(/^("v\d+)\.[\w-]+"$/, '$1"');
}

/**
 * RFC 9110 §13.1.1. A change that only names a state (`status`, `enabled`) loses nobody's work and may come without.
 * @throws Problem 428 when it is missing and needed, 412 when it is another version
 */
export function checkIfMatch(
  ifMatch: string | undefined,
  version: number,
  options: { readonly needed: boolean },
): void {
  if (ifMatch === undefined || ifMatch.trim() === '') {
    if (!options.needed) return;
    throw new Problem('version-required', 'Send If-Match with the ETag of the version you read.');
  }
  const tags = ifMatch.split(',').map((tag) => withoutRevision(tag.trim()));
  if (ifMatch.trim() !== '*' && !tags.includes(etagOf(version))) throw stale();
}

export function stale(): Problem {
  return new Problem('version-mismatch', 'Read it again and repeat the change on what you find.');
}
