import type { Schema } from '../../api/operation.js';
import { useTexts } from '../../texts/texts.js';
import { findingTexts } from './finding-texts.js';

type Finding = Schema<'DomainFinding'>;
type Way = 'dns' | 'file';
type Judged = Pick<Schema<'Domain'>, 'last_check' | 'verified_by' | 'fault'> &
  Partial<Pick<Schema<'Domain'>, 'failing_since' | 'lapsed_at'>>;

interface FindingWords {
  readonly of: (way: Way, finding: Finding) => string;
  /** What is wrong with a domain that is not proven; undefined while nobody has looked. */
  readonly ofDomain: (domain: Judged) => string | undefined;
}

/** What was found of a proof, in the language of the reader. */
export function useFindingWords(): FindingWords {
  const t = useTexts(findingTexts);
  const of: FindingWords['of'] = (way, finding) => t(keyOf(way, finding));
  const ofDomain: FindingWords['ofDomain'] = ({ last_check: check, verified_by: by, fault, ...domain }) => {
    // Processes of before give neither.
    const isLost = Boolean(domain.failing_since ?? domain.lapsed_at);
    // As the platform judges it: by what proved the domain, and otherwise by the record.
    const [way, finding] =
      by === 'file' && check?.file ? (['file', check.file] as const) : (['dns', check?.dns] as const);
    if (!finding) return fault ?? undefined;
    // Servers that gave no answer this time do not say what was wrong before.
    return isLost && !finding.conclusive && fault !== null ? fault : of(way, finding);
  };
  return { of, ofDomain };
}

interface Found {
  readonly proven: boolean;
  readonly conclusive: boolean;
  readonly found: readonly string[];
}

/** Name of the words for it. */
export function keyOf(way: Way, { proven, conclusive, found }: Found) {
  if (proven) return `${way}_proven` as const;
  if (!conclusive) return `${way}_silent` as const;
  return way === 'dns' && found.length > 0 ? ('dns_other' as const) : (`${way}_absent` as const);
}
