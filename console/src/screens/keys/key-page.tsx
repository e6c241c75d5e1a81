import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { useRead, useWrite } from '../../api/queries.js';
import { CodeBlock, CopyField } from '../../design/copy.js';
import { Facts, Panel, SkeletonLines } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { DangerZone } from '../../kit/danger-zone.js';
import { PageHead } from '../../kit/page-head.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { NotFoundScreen } from '../../shell/fallback-screens.js';
import { useGo } from '../../shell/link.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { WhatNow } from './key-list.js';
import { useNow } from './key-moments.js';
import { KeyState } from './key-state.js';
import { texts } from './texts.js';

/** How much of its id the title shows. */
const SHORT = 12;

export function KeyPage() {
  const t = useTexts(texts);
  const { tenant, at } = useTenant();
  const { kid = '' }: { readonly kid?: string } = useParams({ strict: false });
  const { data, error, refetch } = useRead('listKeys', { path: { tenant } });
  const key = data?.body.data.find((one) => one.kid === kid);
  const now = useNow(key?.state === 'next');
  if (data && !key) return <NotFoundScreen />;
  if (!key) {
    return error ? (
      <ProblemNotice error={error} onRetry={() => void refetch()} />
    ) : (
      <SkeletonLines lines={6} label={t('title')} />
    );
  }
  return (
    <>
      <PageHead
        title={t('key_title', { alg: key.alg, kid: key.kid.slice(0, SHORT) })}
        lead={t(`about_state_${key.state}`)}
        badges={<KeyState state={key.state} />}
        crumbs={[{ label: t('title'), to: at('keys') }]}
      />
      <div className="page-body">
        <Panel title={t('what')}>
          <Facts
            facts={[
              [t('what_now'), <WhatNow key="now" value={key} keys={data?.body.data ?? []} now={now} />],
              [t('published'), <Time key="published" value={key.published_at} exact />],
              key.signs_from !== null && [t('signs_from'), <Time key="from" value={key.signs_from} exact />],
              key.signs_until !== null && [t('signs_until'), <Time key="until" value={key.signs_until} exact />],
              key.published_until !== null && [
                t('published_until'),
                <Time key="gone" value={key.published_until} exact />,
              ],
            ]}
          />
        </Panel>
        <Panel title={t('public_key')} lead={t('public_key_lead')}>
          <div className="stack">
            <CopyField label={t('kid')} value={key.kid} />
            <CodeBlock text={JSON.stringify(key.public_jwk, undefined, 2)} what={t('public_key')} />
          </div>
        </Panel>
        <RevokeKey value={key} />
      </div>
    </>
  );
}

function RevokeKey({ value: key }: { readonly value: Schema<'Key'> }) {
  const t = useTexts(texts);
  const go = useGo();
  const { tenant, at } = useTenant();
  const { notify } = useNotices();
  const [isAsked, setAsked] = useState(false);
  const revoke = useWrite('revokeKey');
  const used = useRead('getQuotas', { path: { tenant } }).data?.body.used;
  const path = { tenant, kid: key.kid };
  const effects =
    key.state === 'next'
      ? [t('revoke_effect_next')]
      : [
          t('revoke_effect_tokens'),
          ...(used ? [t('revoke_effect_counts', { users: used.users, clients: used.clients })] : []),
          ...(key.state === 'current' ? [t('revoke_effect_verifiers')] : []),
        ];
  return (
    <>
      <DangerZone
        actions={[
          {
            title: t('revoke_title'),
            text: t('revoke_text'),
            action: (
              <div className="actions">
                <CodeCopy
                  operation="revokeKey"
                  request={() => ({ path })}
                  cli={() => asCommand(['keys', 'revoke', tenant, key.kid])}
                />
                <ActionButton variant="outline" color="red" need="keys:write" onClick={() => setAsked(true)}>
                  {t('revoke')}
                </ActionButton>
              </div>
            ),
          },
        ]}
      />
      {isAsked && (
        <ConfirmDestroy
          title={t('revoke_question')}
          effects={effects}
          undo={t('revoke_undo')}
          confirmLabel={t('revoke')}
          {...(key.state === 'current' && { typeName: key.alg })}
          onClose={() => setAsked(false)}
          onConfirm={async () => {
            await revoke.mutateAsync({ path });
            notify(t('revoked'));
            go(at('keys'));
          }}
        />
      )}
    </>
  );
}
