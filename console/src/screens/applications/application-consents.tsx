import { useState } from 'react';
import { useApi } from '../../api/api.js';
import type { Schema } from '../../api/operation.js';
import { useWrite } from '../../api/queries.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { ResourceList } from '../../kit/resource-list.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { UserName, useLearntNames } from './named.js';
import { texts } from './texts.js';

/** Fewer than elsewhere: the name of each person is asked for on its own. */
const PAGE_SIZE = 20;

/** What people allowed the application. */
export function ApplicationConsents({ client }: { readonly client: Schema<'Client'> }) {
  const t = useTexts(texts);
  const api = useApi();
  const { tenant } = useTenant();
  const { notify } = useNotices();
  const names = useLearntNames();
  const [ending, setEnding] = useState<Schema<'Consent'>>();
  const withdraw = useWrite('withdrawConsent');
  const name = client.client_name ?? client.client_id;
  return (
    <>
      <ResourceList
        operation="listConsents"
        request={{ path: { tenant }, query: { client_id: client.client_id, limit: PAGE_SIZE } }}
        label={t('consents')}
        rowKey={({ id }) => id}
        rowName={({ user_id: user }) => names.nameOf(user)}
        columns={[
          {
            id: 'person',
            label: t('person'),
            isPrimary: true,
            cell: ({ user_id: user }) => <UserName id={user} onName={names.learn} />,
          },
          {
            id: 'api',
            label: t('api'),
            cell: ({ resource }) =>
              resource === null ? <span className="soft">{t('openid')}</span> : <code>{resource}</code>,
          },
          { id: 'allowed', label: t('allowed'), cell: ({ scopes }) => <code>{scopes.join(' ')}</code> },
          { id: 'since', label: t('since'), cell: ({ created_at: at }) => <Time value={at} /> },
          {
            id: 'actions',
            label: t('actions'),
            cell: (consent) => (
              <ActionButton
                size="xs"
                variant="outline"
                color="red"
                need="consents:write"
                onClick={() => setEnding(consent)}
              >
                {t('withdraw')}
              </ActionButton>
            ),
          },
        ]}
        bulk={[
          {
            label: t('withdraw'),
            need: 'consents:write',
            run: ({ id }) => api.call('withdrawConsent', { path: { tenant, consent_id: id } }),
            confirm: (rows) => ({
              title: t('withdraw_many', { count: rows.length }),
              effects: [t('withdraw_effect', { name }), t('withdraw_effect_jwt')],
              undo: t('withdraw_undo'),
              confirmLabel: t('withdraw'),
            }),
          },
        ]}
        empty={{
          icon: 'consent',
          title: t('consents_empty'),
          text: t(client.first_party ? 'consents_empty_first_party' : 'consents_empty_text'),
        }}
        cli={['consents', 'list', tenant, '--client', client.client_id]}
      />
      {ending && (
        <ConfirmDestroy
          title={t('withdraw_title')}
          effects={[t('withdraw_effect', { name }), t('withdraw_effect_jwt')]}
          undo={t('withdraw_undo')}
          confirmLabel={t('withdraw')}
          onClose={() => setEnding(undefined)}
          onConfirm={async () => {
            await withdraw.mutateAsync({ path: { tenant, consent_id: ending.id } });
            notify(t('withdrawn'));
          }}
        />
      )}
    </>
  );
}
