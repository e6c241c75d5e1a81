import { Button, FileInput, Switch } from '@mantine/core';
import { useState } from 'react';
import { CodeBlock } from '../../design/copy.js';
import { Panel } from '../../design/states.js';
import { ActionButton } from '../../kit/action-button.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { type Column, ListTable } from '../../kit/list-table.js';
import { PageHead } from '../../kit/page-head.js';
import { Troubles } from '../../kit/resource-page.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { CsvError } from './csv.js';
import { ImportProgress } from './import-progress.js';
import { type ImportPlan, type ImportRow, planImport } from './import-plan.js';
import { importTexts } from './import-texts.js';
import { useDefinitions } from './use-definitions.js';
import { useImport } from './use-import.js';

const EXAMPLE = `username,email,given_name,family_name
peter,peter@initech.example,Peter,Gibbons
milton,milton@initech.example,Milton,Waddams`;
const SHOWN_ROWS = 5;
/** What one request takes. */
const MOST_OPERATIONS = 100;

export function UserImport() {
  const t = useTexts(importTexts);
  const { tenant, at } = useTenant();
  const { definitions = [] } = useDefinitions();
  const work = useImport();
  const [file, setFile] = useState<File | null>(null);
  const [plan, setPlan] = useState<ImportPlan>();
  const [wrong, setWrong] = useState<string>();
  const [withMail, setWithMail] = useState(true);
  const read = async (chosen: File | null) => {
    setFile(chosen);
    setPlan(undefined);
    setWrong(undefined);
    work.forget();
    if (!chosen) return;
    try {
      const next = planImport(await chosen.text(), definitions);
      const isNamed = next.columns.includes('username') || next.columns.includes('email');
      if (!isNamed) setWrong(t('no_username'));
      else if (next.rows.length === 0) setWrong(t('no_rows'));
      else setPlan(next);
    } catch (error) {
      setWrong(error instanceof CsvError ? t('bad_quote', { character: error.character }) : String(error));
    }
  };
  const hasEmails = plan?.rows.some(({ data }) => data['email'] !== undefined) === true;
  const isRunning = work.state?.isRunning === true;
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} crumbs={[{ label: t('users'), to: at('users') }]} />
      <div className="page-body">
        <Panel title={t('file_title')}>
          <div className="form">
            <FileInput
              label={t('file')}
              description={t('file_help')}
              placeholder={t('file_choose')}
              accept=".csv,text/csv,text/plain"
              clearable={!isRunning}
              clearButtonProps={{ 'aria-label': t('file_clear') }}
              disabled={isRunning}
              value={file}
              error={wrong}
              onChange={(chosen) => void read(chosen)}
            />
            {!plan && (
              <div>
                <p className="soft">{t('example_help')}</p>
                <CodeBlock text={EXAMPLE} what={t('example')} />
              </div>
            )}
          </div>
        </Panel>
        {plan && !work.state && (
          <Panel title={t('preview', { count: plan.rows.length })} lead={t('preview_lead')}>
            <div className="stack">
              <Troubles
                troubles={[
                  plan.uneven.length > 0 && {
                    tone: 'warn',
                    title: t('uneven', { count: plan.uneven.length }),
                    text: t('uneven_text', { lines: plan.uneven.slice(0, 10).join(', ') }),
                  },
                  plan.columns.includes('password') && {
                    tone: 'warn',
                    title: t('passwords'),
                    text: t('passwords_text'),
                  },
                ]}
              />
              <ListTable
                label={t('preview', { count: plan.rows.length })}
                columns={plan.columns.map((column, place): Column<ImportRow> => ({
                  id: String(place),
                  label: column,
                  isPrimary: place === 0,
                  cell: (row) => <bdi>{column === 'password' ? '•••' : row.fields[place]}</bdi>,
                }))}
                rows={plan.rows.slice(0, SHOWN_ROWS)}
                rowKey={({ line }) => String(line)}
                rowName={({ line }) => String(line)}
              />
              {plan.rows.length > SHOWN_ROWS && (
                <p className="soft">{t('more_rows', { count: plan.rows.length - SHOWN_ROWS })}</p>
              )}
              {hasEmails && (
                <Switch
                  label={t('with_mail')}
                  description={t('with_mail_help')}
                  checked={withMail}
                  onChange={(event) => setWithMail(event.currentTarget.checked)}
                />
              )}
              <div className="form-actions">
                <ActionButton need="users:write" onClick={() => void work.start(plan.rows, withMail && hasEmails)}>
                  {t('start', { count: plan.rows.length })}
                </ActionButton>
                <Button variant="default" onClick={() => void read(null)}>
                  {t('other_file')}
                </Button>
                <CodeCopy
                  operation="bulkUsers"
                  request={() => ({
                    path: { tenant },
                    body: {
                      operations: plan.rows.slice(0, MOST_OPERATIONS).map(({ data }) => ({ op: 'create', data })),
                    },
                  })}
                  cli={() => `npx tenantry users bulk ${tenant} users.csv`}
                />
              </div>
            </div>
          </Panel>
        )}
        {plan && work.state && (
          <ImportProgress
            columns={plan.columns}
            state={work.state}
            hasMore={work.hasMore}
            onStop={work.stop}
            onGoOn={() => void work.goOn(withMail && hasEmails)}
          />
        )}
      </div>
    </>
  );
}
