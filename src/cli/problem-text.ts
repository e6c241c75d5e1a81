import { visible } from './terminal.js';

interface Fault {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly detail: string;
}

interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly Fault[];
}

/** A problem (RFC 9457) as sentences: what is wrong, and with which member. */
export function describeProblem(status: number, problem: Problem | undefined): string {
  try {
    const { title, detail, errors = [] } = problem ?? {};
    const [only] = errors;
    // The detail of a single error is that of the whole problem; only where it is may be missing.
    const place = errors.length === 1 && only ? placeOf(only) : '';
    const named = place === '' || detail?.includes(place.split('.').at(-1) ?? '') ? '' : ` (${place})`;
    const members = errors.length < 2 ? '' : errors.map((error) => `\n  ${placeOf(error)}: ${error.detail}`).join('');
    if (title === undefined && detail === undefined) return `The platform answered ${status}.`;
    return visible(`${title ?? status}${detail === undefined ? '' : `: ${detail}`}${named}${members}`);
  } catch {
    // Whatever answered in the place of the platform.
    return `The platform answered ${status}.`;
  }
}

/** `/policy/signing_alg` is the member `policy.signing_alg`, as `--set` names it. */
function placeOf({ pointer, parameter }: Fault): string {
  return pointer === undefined ? (parameter ?? '') : pointer.slice(1).replaceAll('/', '.');
}
