import type { ComponentChildren } from 'preact';
import { Icon } from './icon.js';

interface NoticeProps {
  readonly kind: 'error' | 'info';
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** A script shows it later, and gives it the focus. */
  readonly isLater?: boolean;
  /** More than the text says. */
  readonly children?: ComponentChildren;
}

/**
 * What happened since the last page, before anything else. It takes the focus when the page opens, so that it is read
 * out first and the next Tab leads to the first field.
 */
export function Notice({ kind, id, title, text, isLater, children }: NoticeProps) {
  return (
    <div
      id={id}
      class={`notice ${kind}`}
      role={kind === 'error' ? 'alert' : 'status'}
      tabIndex={-1}
      autofocus={!isLater}
    >
      <Icon name={kind === 'error' ? 'alert' : 'info'} />
      <div>
        <p class="notice-title">{title}</p>
        <p>{text}</p>
        {children}
      </div>
    </div>
  );
}
