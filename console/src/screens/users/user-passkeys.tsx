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

/** Nobody has more. */
const ALL = 100;

export function UserPasskeys({ user }: { readonly user: Schema<'User'> }) {
  const t = useTexts(signInTexts);
  const { notify } = useNotices();
  const { tenant } = useTenant();
  const need = useRecoverNeed();
  const { data, error, refetch } = useRead('listPasskeys', {
    path: { tenant },
    query: { user_id: user.id, limit: ALL },
  });
  const remove = useWrite('deletePasskey');
  const [asked, setAsked] = useState<Schema<'Passkey'>>();
  const passkeys = data?.body.data;
  return (
    <Panel title={t('passkeys')} lead={t('passkeys_lead')}>
      {error && !passkeys ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : !passkeys ? (
        <SkeletonLines lines={2} label={t('passkeys')} />
      ) : passkeys.length === 0 ? (
        <p className="soft">{t('passkeys_none')}</p>
      ) : (
        <ListTable
          label={t('passkeys')}
          rows={passkeys}
          rowKey={({ id }) => id}
          rowName={({ name }) => name}
          columns={[
            {
              id: 'passkey',
              label: t('passkey'),
              isPrimary: true,
              cell: ({ name, authenticator }) => (
                <>
                  <bdi>{name}</bdi>
                  {authenticator !== null && <span className="row-sub">{authenticator}</span>}
                </>
              ),
            },
            { id: 'works_at', label: t('works_at'), cell: ({ rp_id }) => <code>{rp_id}</code> },
            { id: 'synced', label: t('synced'), cell: ({ backed_up }) => t(backed_up ? 'yes' : 'no') },
            { id: 'added', label: t('added'), cell: ({ created_at }) => <Time value={created_at} /> },
            { id: 'used', label: t('used'), cell: ({ last_used_at }) => <Time value={last_used_at} /> },
            {
              id: 'actions',
              label: t('actions'),
              cell: (passkey) => (
                <ActionButton size="xs" variant="default" need={need} onClick={() => setAsked(passkey)}>
                  {t('remove')}
                </ActionButton>
              ),
            },
          ]}
        />
      )}
      {asked && (
        <ConfirmDestroy
          title={t('passkey_question', { passkey: asked.name, name: nameOf(user) })}
          effects={[
            t('passkey_effect'),
            ...(passkeys?.length === 1 ? [t('passkey_effect_last')] : []),
            t('factor_effect_mail'),
          ]}
          undo={t('passkey_undo')}
          confirmLabel={t('remove')}
          onClose={() => setAsked(undefined)}
          onConfirm={async () => {
            await remove.mutateAsync({ path: { tenant, passkey_id: asked.id } });
            notify(t('passkey_done'));
          }}
        />
      )}
    </Panel>
  );
}
