import { Button } from '@mantine/core';
import { useState } from 'react';
import { useNotices } from '../shell/notices.js';
import type { Need } from '../shell/permission.js';
import { useSharedTexts } from '../texts/texts.js';
import { ActionButton } from './action-button.js';
import { ConfirmDestroy, type Consequences } from './confirm-destroy.js';
import { useLongWork } from './long-work.js';
import { WorkProgress } from './work-progress.js';

export interface BulkAction<Row> {
  readonly label: string;
  /** What it takes, which may depend on what is selected. */
  readonly need?: Need | ((rows: readonly Row[]) => Need);
  /** Done to one row after another. */
  readonly run: (row: Row) => Promise<unknown>;
  /** What is said when all of it was done, where there is more to say than how many. */
  readonly done?: (rows: readonly Row[]) => string;
  /** Asked first, where it destroys or stops something. */
  readonly confirm?: (rows: readonly Row[]) => Consequences;
}

interface BulkBarProps<Row> {
  readonly rows: readonly Row[];
  readonly rowName: (row: Row) => string;
  readonly actions: readonly BulkAction<Row>[];
  readonly onDone: () => void;
}

export function BulkBar<Row>({ rows, rowName, actions, onDone }: BulkBarProps<Row>) {
  const t = useSharedTexts();
  const { notify } = useNotices();
  const work = useLongWork(rowName);
  const [asked, setAsked] = useState<BulkAction<Row>>();
  const isRunning = work.progress?.isRunning === true;
  const start = async ({ run, done: words }: BulkAction<Row>) => {
    const { total, done } = await work.run(rows, run);
    // What was refused stays here, with its rows. The rows of all the rest may be gone, and this bar with them.
    if (done < total) return;
    notify(words?.(rows) ?? t('progress.done', { done, failed: 0 }));
    work.forget();
  };
  return (
    <div className="list-bulk" role="group" aria-label={t('list.selected', { count: rows.length })}>
      <strong role="status">{t('list.selected', { count: rows.length })}</strong>
      {actions.map((action) => (
        <ActionButton
          key={action.label}
          size="xs"
          variant="default"
          need={typeof action.need === 'function' ? action.need(rows) : action.need}
          disabled={isRunning}
          onClick={() => (action.confirm ? setAsked(action) : void start(action))}
        >
          {action.label}
        </ActionButton>
      ))}
      <Button size="xs" variant="subtle" color="gray" disabled={isRunning} onClick={onDone}>
        {t('action.close')}
      </Button>
      {work.progress && <WorkProgress progress={work.progress} onStop={work.stop} />}
      {asked?.confirm && (
        <ConfirmDestroy
          {...asked.confirm(rows)}
          onClose={() => setAsked(undefined)}
          onConfirm={async () => {
            void start(asked);
          }}
        />
      )}
    </div>
  );
}
