import { useState } from 'react';
import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { CopyField } from '../../design/copy.js';
import { EmptyState, Panel } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { type Column, ListTable } from '../../kit/list-table.js';
import { PageHead } from '../../kit/page-head.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { Link } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { countdown, useNow, waitsUntil } from './key-moments.js';
import { KeyState } from './key-state.js';
import { RotateDialog } from './rotate-dialog.js';
import { texts } from './texts.js';

type Key = Schema<'Key'>;
type Algorithm = Key['alg'];

/** While a key waits to sign the list is read again, so that it shows when it does. */
const REREAD = 15_000;

export function KeyList() {
  const t = useTexts(texts);
  const { tenant, at } = useTenant();
  const [rotating, setRotating] = useState<Algorithm | 'all'>();
  const path = { tenant };
  const { data, error, refetch } = useRead('listKeys', { path }, { refetchInterval: REREAD });
  const about = useRead('getTenant', { path }).data?.body;
  const keys = data?.body.data;
  const now = useNow(keys?.some((key) => waitsUntil(key, keys, Date.now()) !== undefined) ?? false);
  const algorithms = [...new Set(keys?.map(({ alg }) => alg))];
  const signs = (alg: Algorithm) =>
    about && [
      about.effective_policy.access_token_signing_alg === alg && t('signs_access'),
      about.effective_policy.id_token_signing_alg === alg && t('signs_id'),
    ];
  const columns: readonly Column<Key>[] = [
    {
      id: 'kid',
      label: t('kid'),
      isPrimary: true,
      cell: ({ kid }) => (
        <Link className="row-link" to={at('keys', kid)}>
          <code>{kid}</code>
        </Link>
      ),
    },
    { id: 'state', label: t('state'), cell: ({ state }) => <KeyState state={state} /> },
    { id: 'what_now', label: t('what_now'), cell: (key) => <WhatNow value={key} keys={keys ?? []} now={now} /> },
    { id: 'published', label: t('published'), cell: ({ published_at }) => <Time value={published_at} /> },
  ];
  return (
    <>
      <PageHead
        title={t('title')}
        lead={t('lead')}
        actions={
          <ActionButton need="keys:write" onClick={() => setRotating('all')}>
            {t('rotate_all')}
          </ActionButton>
        }
      />
      <div className="page-body">
        {error && !data && <ProblemNotice error={error} onRetry={() => void refetch()} />}
        {!keys && !error && (
          <div className="list-panel">
            <ListTable label={t('title')} columns={columns} rows={undefined} rowKey={kidOf} rowName={kidOf} />
          </div>
        )}
        {keys?.length === 0 && <EmptyState icon="key" title={t('empty_title')} text={t('empty_text')} />}
        {algorithms.map((alg) => (
          <Panel
            key={alg}
            title={alg}
            lead={[t(`about_${alg}`), ...(signs(alg) || []).filter((one) => one !== false)].join(' ')}
            actions={
              <ActionButton variant="default" need="keys:write" onClick={() => setRotating(alg)}>
                {t('rotate_one', { alg })}
              </ActionButton>
            }
          >
            <ListTable
              label={t('keys_of', { alg })}
              columns={columns}
              rows={keys?.filter((key) => key.alg === alg)}
              rowKey={kidOf}
              rowName={kidOf}
            />
          </Panel>
        ))}
        {about && (
          <Panel title={t('key_set')} lead={t('key_set_lead')}>
            <CopyField label={t('key_set_address')} value={`${about.issuer}/jwks`} />
          </Panel>
        )}
      </div>
      {rotating !== undefined && (
        <RotateDialog alg={rotating} keys={keys ?? []} onClose={() => setRotating(undefined)} />
      )}
    </>
  );
}

function kidOf({ kid }: Key): string {
  return kid;
}

interface WhatNowProps {
  readonly value: Key;
  /** All that the tenant has. */
  readonly keys: readonly Key[];
  readonly now: number;
}

/** What a key does, and what it waits for. */
export function WhatNow({ value: key, keys, now }: WhatNowProps) {
  const t = useTexts(texts);
  const until = waitsUntil(key, keys, now);
  if (key.state === 'previous') {
    return (
      <span>
        {t('gone')} <Time value={key.published_until} />
      </span>
    );
  }
  if (key.state === 'current') {
    return (
      <span>
        {t('signs_since')} <Time value={key.signs_from} />
        {key.signs_until !== null && (
          <>
            {', '}
            {t('until')} <Time value={key.signs_until} />
          </>
        )}
      </span>
    );
  }
  if (until === undefined) return <>{t(key.signs_from === null ? 'ready' : 'takes_over_now')}</>;
  return (
    <span className="numbers">
      {t(key.signs_from === null ? 'known_in' : 'signs_in', { time: countdown(until - now) })}
    </span>
  );
}
