import type { ReactNode } from 'react';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

type Members = Readonly<Record<string, unknown>>;

interface Change {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Members of both, those inside of objects by their path: `policy.sign_up`. */
export function changesOf(before: unknown, after: unknown): readonly Change[] {
  const [old, young] = [flat(before), flat(after)];
  return [...new Set([...old.keys(), ...young.keys()])].map((name) => ({
    name,
    before: old.get(name),
    after: young.get(name),
  }));
}

function flat(value: unknown, prefix = '', found = new Map<string, unknown>()): ReadonlyMap<string, unknown> {
  if (typeof value !== 'object' || value === null) return found;
  for (const [name, inner] of Object.entries(value as Members)) {
    if (typeof inner === 'object' && inner !== null && !Array.isArray(inner) && Object.keys(inner).length > 0)
      flat(inner, `${prefix}${name}.`, found);
    else found.set(`${prefix}${name}`, inner);
  }
  return found;
}

/** What a change did, member by member. */
export function Difference({ before, after }: { readonly before: unknown; readonly after: unknown }) {
  const t = useTexts(texts);
  const changes = changesOf(before, after);
  if (changes.length === 0) return <p className="soft">{t('no_changes')}</p>;
  const hasBoth = before !== undefined && after !== undefined;
  return (
    <div className="list-scroll" tabIndex={0} role="region" aria-label={t('changes')}>
      <table className="difference" aria-label={t('changes')}>
        <thead>
          <tr>
            <th scope="col">{t('member')}</th>
            {before !== undefined && <th scope="col">{t('before')}</th>}
            {after !== undefined && <th scope="col">{t('after')}</th>}
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={change.name}>
              <th scope="row">
                <code>{change.name}</code>
              </th>
              {before !== undefined && <td data-side="before">{shown(change.before, change.after, hasBoth, 'del')}</td>}
              {after !== undefined && <td data-side="after">{shown(change.after, change.before, hasBoth, 'ins')}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Of lists only what differs is marked. */
function shown(value: unknown, other: unknown, hasBoth: boolean, Mark: 'del' | 'ins'): ReactNode {
  if (value === undefined || value === null) return <span className="soft">–</span>;
  const plain = (inner: unknown) => (hasBoth ? <Mark>{textOf(inner)}</Mark> : <bdi>{textOf(inner)}</bdi>);
  if (!Array.isArray(value)) return plain(value);
  if (value.length === 0) return <span className="soft">[ ]</span>;
  const known = new Set(Array.isArray(other) ? other.map(textOf) : []);
  return (
    <ul>
      {value.map((entry: unknown, at) => (
        <li key={at}>{known.has(textOf(entry)) ? <bdi>{textOf(entry)}</bdi> : plain(entry)}</li>
      ))}
    </ul>
  );
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
