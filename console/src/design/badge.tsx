import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.js';

export type Tone = 'good' | 'warn' | 'danger' | 'accent' | 'plain';

const ICONS: Readonly<Record<Tone, IconName | undefined>> = {
  good: 'check',
  warn: 'warning',
  danger: 'error',
  accent: 'info',
  plain: undefined,
};

/** The state of something: a word, a shape and a colour, so that none of them is needed alone. */
export function StateBadge({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  const icon = ICONS[tone];
  return (
    <span className="badge" data-tone={tone}>
      {icon && <Icon name={icon} size={12} />}
      {children}
    </span>
  );
}
