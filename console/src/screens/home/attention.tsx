import type { ReactNode } from 'react';
import { Icon } from '../../design/icon.js';
import { Panel, SkeletonLines } from '../../design/states.js';
import { Link } from '../../shell/link.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

/** Something that somebody should look at. */
export interface Matter {
  readonly key: string;
  readonly tone: 'danger' | 'warn';
  readonly title: string;
  readonly text?: ReactNode;
  /** The screen that mends it. */
  readonly to?: string | undefined;
}

interface AttentionProps {
  readonly matters: readonly Matter[];
  readonly isLoading: boolean;
  /** What could not be asked: then nobody says that all is well. */
  readonly error: Error | null | undefined;
  readonly onRetry: () => void;
}

export function Attention({ matters, isLoading, error, onRetry }: AttentionProps) {
  const t = useTexts(texts);
  const sorted = [...matters].sort((one, other) => Number(one.tone === 'warn') - Number(other.tone === 'warn'));
  return (
    <Panel title={t('attention')}>
      <div className="stack">
        {error && <ProblemNotice error={error} onRetry={onRetry} />}
        {isLoading ? (
          <SkeletonLines lines={3} label={t('attention')} />
        ) : matters.length === 0 && !error ? (
          <p className="all-well">
            <Icon name="check" /> {t('all_well')}
          </p>
        ) : (
          <ul className="checklist">
            {sorted.map(({ key, tone, title, text, to }) => (
              <li key={key} data-state={tone === 'danger' ? 'missing' : 'warning'}>
                <Icon name={tone === 'danger' ? 'error' : 'warning'} />
                <div>
                  <strong>
                    <bdi>{title}</bdi>
                  </strong>
                  {text !== undefined && <p className="soft">{text}</p>}
                </div>
                {to !== undefined && (
                  <Link to={to} aria-label={`${t('mend')}: ${title}`}>
                    {t('mend')}
                  </Link>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}
