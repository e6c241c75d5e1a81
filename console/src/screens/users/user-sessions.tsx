import { useState } from 'react';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { useRead, useWrite } from '../../api/queries.js';
import { EmptyState, Panel, SkeletonLines } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { ListTable } from '../../kit/list-table.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { browserOf } from './browser-name.js';
import { relationTexts } from './relation-texts.js';
import { useRecoverNeed } from './recover.js';
import { nameOf } from './user-state.js';

type UserSession = Schema<'UserSessions'>['data'][number];

/** Where the person is signed in. */
export function UserSessions({ user }: { readonly user: Schema<'User'> }) {
  const t = useTexts(relationTexts);
  const { notify } = useNotices();
  const { tenant } = useTenant();
  const need = useRecoverNeed();
  const path = { tenant, user_id: user.id };
  const { data, error, refetch } = useRead('getUserSessions', { path });
  const end = useWrite('endUserSession');
  const endAll = useWrite('endUserSessions');
  const [asked, setAsked] = useState<UserSession | 'all'>();
  const sessions = data?.body.data;
  const all = (
    <>
      <CodeCopy
        operation="endUserSessions"
        request={() => ({ path })}
        cli={() => asCommand(['users', 'end-sessions', tenant, user.id, '--yes'])}
      />
      <ActionButton
        variant="outline"
        color="red"
        need={need}
        because={sessions?.length === 0 ? t('sessions_none') : undefined}
        onClick={() => setAsked('all')}
      >
        {t('end_all')}
      </ActionButton>
    </>
  );
  return (
    <Panel title={t('sessions')} lead={t('sessions_lead')} actions={all}>
      {error && !sessions ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : !sessions ? (
        <SkeletonLines lines={3} label={t('sessions')} />
      ) : sessions.length === 0 ? (
        <EmptyState title={t('sessions_none')} text={t('sessions_none_text')} />
      ) : (
        <ListTable
          label={t('sessions')}
          rows={sessions}
          rowKey={({ id }) => id}
          rowName={(one) => browserOf(one.user_agent) ?? t('unknown_browser')}
          columns={[
            {
              id: 'browser',
              label: t('browser'),
              isPrimary: true,
              cell: ({ user_agent }) => (
                <span title={user_agent ?? undefined}>
                  <bdi>{browserOf(user_agent) ?? t('unknown_browser')}</bdi>
                </span>
              ),
            },
            {
              id: 'address',
              label: t('address'),
              cell: ({ address }) => (address === null ? '–' : <code>{address}</code>),
            },
            { id: 'signed_in', label: t('signed_in'), cell: ({ signed_in_at }) => <Time value={signed_in_at} /> },
            { id: 'last_seen', label: t('last_seen'), cell: ({ last_seen_at }) => <Time value={last_seen_at} /> },
            {
              id: 'actions',
              label: t('actions'),
              cell: (session) => (
                <ActionButton size="xs" variant="default" need={need} onClick={() => setAsked(session)}>
                  {t('end')}
                </ActionButton>
              ),
            },
          ]}
        />
      )}
      {asked === 'all' && (
        <ConfirmDestroy
          title={t('end_all_question', { name: nameOf(user) })}
          effects={[t('end_all_effect', { count: sessions?.length ?? 0 }), t('end_effect_tokens')]}
          undo={t('end_undo')}
          confirmLabel={t('end_all')}
          onClose={() => setAsked(undefined)}
          onConfirm={async () => {
            await endAll.mutateAsync({ path });
            notify(t('ended_all'));
          }}
        />
      )}
      {asked !== undefined && asked !== 'all' && (
        <ConfirmDestroy
          title={t('end_question', { browser: browserOf(asked.user_agent) ?? t('unknown_browser') })}
          effects={[t('end_effect', { name: nameOf(user) }), t('end_effect_tokens')]}
          undo={t('end_undo')}
          confirmLabel={t('end')}
          onClose={() => setAsked(undefined)}
          onConfirm={async () => {
            await end.mutateAsync({ path: { ...path, session_id: asked.id } });
            notify(t('ended'));
          }}
        />
      )}
    </Panel>
  );
}
