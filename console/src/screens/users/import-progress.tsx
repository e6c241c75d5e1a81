import { Button } from '@mantine/core';
import { CopyButton } from '../../design/copy.js';
import { Panel } from '../../design/states.js';
import { ActionButton } from '../../kit/action-button.js';
import { ListTable } from '../../kit/list-table.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { writeCsv } from './csv.js';
import type { ImportRow } from './import-plan.js';
import { importTexts } from './import-texts.js';
import type { ImportState, Refused } from './use-import.js';

interface ImportProgressProps {
  readonly columns: readonly string[];
  readonly state: ImportState;
  readonly hasMore: boolean;
  readonly onStop: () => void;
  readonly onGoOn: () => void;
}

export function ImportProgress({ columns, state, hasMore, onStop, onGoOn }: ImportProgressProps) {
  const t = useTexts(importTexts);
  const { at } = useTenant();
  const { total, made, mailed, refused, unmailed, isRunning, broken } = state;
  const past = made + refused.length;
  return (
    <>
      <Panel title={t(isRunning ? 'running' : hasMore ? 'stopped' : 'finished')}>
        <div className="stack">
          <div className="meter">
            <div className="meter-line numbers">
              <span role="status">{t('progress', { made, refused: refused.length, total })}</span>
              {mailed > 0 && <span>{t('mailed', { count: mailed })}</span>}
            </div>
            <progress max={total} value={past} aria-label={t('running')} />
          </div>
          {broken && <ProblemNotice error={broken} onRetry={onGoOn} />}
          <div className="actions">
            {isRunning && (
              <Button variant="default" onClick={onStop}>
                {t('stop')}
              </Button>
            )}
            {!isRunning && hasMore && !broken && <Button onClick={onGoOn}>{t('go_on')}</Button>}
            {!isRunning && !hasMore && <ActionButton to={at('users')}>{t('to_users')}</ActionButton>}
          </div>
        </div>
      </Panel>
      {refused.length > 0 && (
        <RefusedRows
          title={t('refused', { count: refused.length })}
          lead={t('refused_lead')}
          columns={columns}
          rows={refused}
        />
      )}
      {unmailed.length > 0 && (
        <RefusedRows
          title={t('unmailed', { count: unmailed.length })}
          lead={t('unmailed_lead')}
          columns={columns}
          rows={unmailed}
        />
      )}
    </>
  );
}

interface RefusedRowsProps {
  readonly title: string;
  readonly lead: string;
  readonly columns: readonly string[];
  readonly rows: readonly Refused[];
}

function RefusedRows({ title, lead, columns, rows }: RefusedRowsProps) {
  const t = useTexts(importTexts);
  const csv = writeCsv([columns, ...rows.map(({ row }) => row.fields)]);
  return (
    <Panel title={title} lead={lead} actions={<CopyButton text={csv} what={t('refused_csv')} />}>
      <ListTable
        label={title}
        columns={[
          {
            id: 'who',
            label: t('who'),
            isPrimary: true,
            cell: ({ row }) => <bdi>{nameOfRow(row)}</bdi>,
          },
          { id: 'line', label: t('line'), isNumeric: true, cell: ({ row }) => row.line },
          { id: 'why', label: t('why'), cell: ({ why }) => why },
        ]}
        rows={rows}
        rowKey={({ row }) => String(row.line)}
        rowName={({ row }) => String(row.line)}
      />
    </Panel>
  );
}

function nameOfRow({ data }: ImportRow): string {
  const name = data['username'] ?? data['email'];
  return typeof name === 'string' ? name : '';
}
