import type { ReactNode } from 'react';
import { Time } from '../design/time.js';

export interface TimelineItem {
  readonly id: string;
  /** As the API gives it. */
  readonly at: string;
  readonly title: ReactNode;
  readonly text?: ReactNode;
  readonly tone?: 'good' | 'danger' | 'plain';
}

/** What happened, newest first. */
export function Timeline({ items, label }: { readonly items: readonly TimelineItem[]; readonly label: string }) {
  return (
    <ol className="timeline" aria-label={label}>
      {items.map(({ id, at, title, text, tone = 'plain' }) => (
        <li key={id} data-tone={tone}>
          <span>{title}</span>
          {text !== undefined && <span className="soft">{text}</span>}
          <span className="soft">
            <Time value={at} />
          </span>
        </li>
      ))}
    </ol>
  );
}
