import { useState } from 'react';
import type { Schema } from '../../api/operation.js';
import { useRead, useWrite } from '../../api/queries.js';
import { Panel, SkeletonLines } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { ListTable } from '../../kit/list-table.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { useRecoverNeed } from './recover.js';
import { signInTexts } from './sign-in-texts.js';
import { nameOf } from './user-state.js';

type Factor = Schema<'UserFactors'>['data'][number];

export function UserFactors({ user }: { readonly user: Schema<'User'> }) {
  const t = useTexts(signInTexts);
  const { notify } = useNotices();
  const { tenant } = useTenant();
  const need = useRecoverNeed();
  const path = { tenant, user_id: user.id };
  const { data, error, refetch } = useRead('getUserFactors', { path });
  const reset = useWrite('resetUserFactor');
  const [asked, setAsked] = useState<Factor>();
  const labelOf = ({ factor }: Factor) => (isKnown(factor) ? t(`factor_${factor}`) : factor);
  const factors = data?.body.data;
  return (
    <Panel title={t('factors')} lead={t('factors_lead')}>
      {error && !factors ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : !factors ? (
        <SkeletonLines lines={2} label={t('factors')} />
      ) : factors.length === 0 ? (
        <p className="soft">{t('factors_none')}</p>
      ) : (
        <ListTable
          label={t('factors')}
          rows={factors}
          rowKey={({ factor }) => factor}
          rowName={labelOf}
          columns={[
            { id: 'factor', label: t('factor'), isPrimary: true, cell: labelOf },
            {
              id: 'added',
              label: t('added'),
              cell: ({ created_at }) => (created_at === null ? '–' : <Time value={created_at} />),
            },
            { id: 'codes_left', label: t('codes_left'), isNumeric: true, cell: ({ codes_left }) => codes_left ?? '–' },
            {
              id: 'actions',
              label: t('actions'),
              cell: (factor) => (
                <ActionButton size="xs" variant="default" need={need} onClick={() => setAsked(factor)}>
                  {t('reset_factor')}
                </ActionButton>
              ),
            },
          ]}
        />
      )}
      {data && data.body.remembered_browsers > 0 && (
        <p className="soft">{t('remembered', { count: data.body.remembered_browsers })}</p>
      )}
      {asked && (
        <ConfirmDestroy
          title={t('factor_question', { factor: labelOf(asked), name: nameOf(user) })}
          effects={[
            t('factor_effect'),
            ...(factors?.length === 1 ? [t('factor_effect_last')] : []),
            t('factor_effect_mail'),
          ]}
          undo={t('factor_undo')}
          confirmLabel={t('reset_factor')}
          onClose={() => setAsked(undefined)}
          onConfirm={async () => {
            await reset.mutateAsync({ path: { ...path, factor: asked.factor } });
            notify(t('factor_done'));
          }}
        />
      )}
    </Panel>
  );
}

const KNOWN = ['totp', 'recovery_codes', 'passkey', 'email'] as const;

function isKnown(factor: string): factor is (typeof KNOWN)[number] {
  return (KNOWN as readonly string[]).includes(factor);
}
