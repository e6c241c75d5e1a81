import { useState } from 'react';
import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { ActionButton } from '../../kit/action-button.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { DangerZone } from '../../kit/danger-zone.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { useRemoval } from '../applications/use-removal.js';
import { texts } from './texts.js';
import { useClientsOf } from './use-clients-of.js';

const NAMED = 5;

export function ApiDanger({ api }: { readonly api: Schema<'Api'> }) {
  const t = useTexts(texts);
  const { notify } = useNotices();
  const { tenant, at } = useTenant();
  const [isAsked, setAsked] = useState(false);
  const remove = useRemoval('deleteApi');
  const users = useClientsOf(api.identifier);
  const roles = useRead('listApiRoles', { path: { tenant }, query: { api_id: api.id, limit: 200 } }).data?.body.data;
  const clients = users?.clients ?? [];
  const names = clients
    .slice(0, NAMED)
    .map(({ client_name: name, client_id: id }) => name ?? id)
    .join(', ');
  return (
    <>
      <DangerZone
        actions={[
          {
            title: t('delete_title'),
            text: t('delete_text'),
            action: (
              <ActionButton variant="outline" color="red" need="apis:write" onClick={() => setAsked(true)}>
                {t('delete')}
              </ActionButton>
            ),
          },
        ]}
      />
      {isAsked && (
        <ConfirmDestroy
          title={t('delete_one', { name: api.display_name })}
          effects={[
            ...(users ? [t('delete_effect_clients', { count: clients.length, names })] : []),
            ...(users?.isPart === true ? [t('delete_effect_part')] : []),
            ...(roles && roles.length > 0 ? [t('delete_effect_roles', { count: roles.length })] : []),
            t('delete_effect_tokens'),
          ]}
          undo={t('delete_undo')}
          confirmLabel={t('delete')}
          {...(clients.length > 0 && { typeName: api.identifier })}
          onClose={() => setAsked(false)}
          onConfirm={async () => {
            await remove({ path: { tenant, api_id: api.id }, ifMatch: '*' }, at('apis'));
            notify(t('deleted', { name: api.display_name }));
          }}
        />
      )}
    </>
  );
}
