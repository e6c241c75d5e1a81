import { useState } from 'react';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { useWrite } from '../../api/queries.js';
import { Panel } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { ListTable } from '../../kit/list-table.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { SecretOnce } from '../../kit/secret-once.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { usesSecret } from './application-kind.js';
import { texts } from './texts.js';

const MOST = 2;
type Secret = NonNullable<Schema<'Client'>['client_secrets']>[number];

/** Two secrets work at the same time, so that the application can change over without an outage. */
export function ApplicationSecrets({ client }: { readonly client: Schema<'Client'> }) {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const { notify } = useNotices();
  const [made, setMade] = useState<string>();
  const [ending, setEnding] = useState<Secret>();
  const add = useWrite('createClientSecret');
  const end = useWrite('deleteClientSecret');
  const path = { tenant, client_id: client.client_id };
  const secrets = client.client_secrets ?? [];
  if (!usesSecret(client)) {
    return (
      <Panel title={t('secrets')}>
        <p>{t(client.token_endpoint_auth_method === 'none' ? 'secrets_none' : 'secrets_keys')}</p>
      </Panel>
    );
  }
  const make = async () => {
    try {
      const { body } = await add.mutateAsync({ path });
      setMade(body.client_secret);
    } catch {
      // The notice below says what was refused.
    }
  };
  return (
    <Panel
      title={t('secrets')}
      lead={t('secrets_lead')}
      actions={
        <>
          <CodeCopy
            operation="createClientSecret"
            request={() => ({ path })}
            cli={() => asCommand(['clients', 'add-secret', tenant, client.client_id])}
          />
          <ActionButton
            need="clients:write"
            loading={add.isPending}
            because={secrets.length >= MOST ? t('secrets_full') : undefined}
            onClick={() => void make()}
          >
            {t('add_secret')}
          </ActionButton>
        </>
      }
    >
      <div className="stack">
        {add.error && <ProblemNotice error={add.error} />}
        {secrets.length > 0 && (
          <ListTable
            label={t('secrets')}
            rows={secrets}
            rowKey={({ id }) => id}
            rowName={({ id }) => id}
            columns={[
              { id: 'secret', label: t('secret'), isPrimary: true, cell: ({ id }) => <code>{id}</code> },
              { id: 'created', label: t('created'), cell: ({ created_at: at }) => <Time value={at} /> },
              { id: 'ends', label: t('ends'), cell: ({ expires_at: at }) => <Time value={at} /> },
              {
                id: 'actions',
                label: t('actions'),
                cell: (secret) => (
                  <ActionButton
                    size="xs"
                    variant="outline"
                    color="red"
                    need="clients:write"
                    onClick={() => setEnding(secret)}
                  >
                    {t('end_secret')}
                  </ActionButton>
                ),
              },
            ]}
          />
        )}
        <ol className="steps soft">
          <li>{t('secret_step_add')}</li>
          <li>{t('secret_step_change')}</li>
          <li>{t('secret_step_end')}</li>
        </ol>
      </div>
      {made !== undefined && (
        <SecretOnce
          label={t('client_secret')}
          secret={made}
          onClose={() => {
            setMade(undefined);
            add.reset();
          }}
        />
      )}
      {ending && (
        <ConfirmDestroy
          title={t('end_secret_title')}
          effects={[
            t('end_secret_effect', { name: client.client_name ?? client.client_id }),
            secrets.length === 1 ? t('end_secret_last') : t('end_secret_other'),
          ]}
          confirmLabel={t('end_secret')}
          onClose={() => setEnding(undefined)}
          onConfirm={async () => {
            await end.mutateAsync({ path: { ...path, secret_id: ending.id } });
            notify(t('secret_ended'));
          }}
        />
      )}
    </Panel>
  );
}
