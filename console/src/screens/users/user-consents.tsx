import { useState } from 'react';
import type { Schema } from '../../api/operation.js';
import { useRead, useWrite } from '../../api/queries.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { ResourceList } from '../../kit/resource-list.js';
import { Link } from '../../shell/link.js';
import { useNotices } from '../../shell/notices.js';
import { usePermission } from '../../shell/permission.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { relationTexts } from './relation-texts.js';
import { nameOf } from './user-state.js';

type Consent = Schema<'Consent'>;

/** What the person allowed applications. */
export function UserConsents({ user }: { readonly user: Schema<'User'> }) {
  const t = useTexts(relationTexts);
  const { notify } = useNotices();
  const { tenant, at } = useTenant();
  const withdraw = useWrite('withdrawConsent');
  const [asked, setAsked] = useState<Consent>();
  return (
    <>
      <ResourceList
        operation="listConsents"
        request={{ path: { tenant }, query: { user_id: user.id } }}
        label={t('consents')}
        rowKey={({ id }) => id}
        rowName={({ client_id }) => client_id}
        columns={[
          {
            id: 'application',
            label: t('application'),
            isPrimary: true,
            cell: ({ client_id }) => (
              <Link className="row-link" to={at('applications', client_id)}>
                <ClientName id={client_id} />
              </Link>
            ),
          },
          {
            id: 'allowed',
            label: t('allowed'),
            cell: ({ scopes, resource }) => (
              <>
                <code>{scopes.join(' ')}</code>
                {resource !== null && <span className="row-sub">{resource}</span>}
              </>
            ),
          },
          {
            id: 'declined',
            label: t('declined'),
            cell: ({ declined_scopes }) =>
              declined_scopes.length === 0 ? <span className="soft">–</span> : <code>{declined_scopes.join(' ')}</code>,
          },
          { id: 'since', label: t('since'), cell: ({ created_at }) => <Time value={created_at} /> },
          {
            id: 'actions',
            label: t('actions'),
            cell: (consent) => (
              <ActionButton size="xs" variant="default" need="consents:write" onClick={() => setAsked(consent)}>
                {t('withdraw')}
              </ActionButton>
            ),
          },
        ]}
        empty={{ icon: 'consent', title: t('consents_none'), text: t('consents_none_text') }}
        cli={['consents', 'list', tenant, '--user', user.id]}
      />
      {asked && (
        <ConfirmDestroy
          title={t('withdraw_question', { client: asked.client_id, name: nameOf(user) })}
          effects={[t('withdraw_effect', { scopes: asked.scopes.join(', ') }), t('withdraw_effect_tokens')]}
          undo={t('withdraw_undo')}
          confirmLabel={t('withdraw')}
          onClose={() => setAsked(undefined)}
          onConfirm={async () => {
            await withdraw.mutateAsync({ path: { tenant, consent_id: asked.id } });
            notify(t('withdrawn'));
          }}
        />
      )}
    </>
  );
}

/** The name of an application where it may be seen, else its id. */
function ClientName({ id }: { readonly id: string }) {
  const { tenant } = useTenant();
  const enabled = usePermission()('clients:read').allowed;
  const { data } = useRead('getClient', { path: { tenant, client_id: id } }, { enabled });
  return <bdi>{data?.body.client_name ?? id}</bdi>;
}
