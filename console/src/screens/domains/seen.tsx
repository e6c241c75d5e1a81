import type { Schema } from '../../api/operation.js';
import { useTexts } from '../../texts/texts.js';
import { keyOf } from './finding-words.js';
import { findingTexts } from './finding-texts.js';

interface SeenProps {
  readonly way: 'dns' | 'file';
  readonly finding: Schema<'DomainFinding'>;
}

/** Addresses, statuses and codes of errors, for whoever mends it. They have no words but those of the platform. */
export function Seen({ way, finding }: SeenProps) {
  const t = useTexts(findingTexts);
  const hasMore = way === 'file' ? !finding.proven : keyOf(way, finding) === 'dns_silent';
  if (!hasMore) return null;
  return (
    <details>
      <summary className="soft">{t('platform_says')}</summary>
      <p lang="en">
        <bdi>{finding.detail}</bdi>
      </p>
    </details>
  );
}
