import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.js';

/** Nothing is here yet: what it would be, what it is good for, and how to make the first one. */
export function EmptyState(props: {
  readonly icon?: IconName;
  readonly title: string;
  readonly text?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="empty">
      {props.icon && <Icon name={props.icon} size={28} />}
      <p className="empty-title">{props.title}</p>
      {props.text !== undefined && <p className="soft">{props.text}</p>}
      {props.action !== undefined && <div className="empty-action">{props.action}</div>}
    </div>
  );
}

/** As many lines as will come, so that the page does not jump. */
export function SkeletonLines({ lines = 4, label }: { readonly lines?: number; readonly label: string }) {
  return (
    <div className="stack" role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={16} width={`${String(90 - ((line * 17) % 45))}%`} />
      ))}
    </div>
  );
}

/** A part of a page with a heading of its own. */
export function Panel(props: {
  readonly title?: ReactNode;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="panel">
      {(props.title !== undefined || props.actions !== undefined) && (
        <header className="panel-head">
          <div>
            {props.title !== undefined && <h2>{props.title}</h2>}
            {props.lead !== undefined && <p className="soft">{props.lead}</p>}
          </div>
          {props.actions !== undefined && <div className="actions">{props.actions}</div>}
        </header>
      )}
      {props.children}
    </section>
  );
}

/** What something is: names and values. */
export function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode] | false | undefined)[] }) {
  return (
    <dl className="facts">
      {facts.map(
        (fact) =>
          fact && (
            <div key={fact[0]}>
              <dt>{fact[0]}</dt>
              <dd>{fact[1]}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
