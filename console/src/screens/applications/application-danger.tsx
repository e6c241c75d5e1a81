import { useState } from 'react';
import type { Schema } from '../../api/operation.js';
import { useRead, useWrite } from '../../api/queries.js';
import { ActionButton } from '../../kit/action-button.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { DangerZone } from '../../kit/danger-zone.js';
import { useNotices } from '../../shell/notices.js';
import { usePermission } from '../../shell/permission.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { CONSOLE_CLIENT } from './application-kind.js';
import { useRemoval } from './use-removal.js';
import { texts } from './texts.js';

const COUNTED = 200;
/** From here on the name is typed. */
const MANY_PEOPLE = 10;

/** Disabling and deleting, with what would stop working and for whom. */
export function ApplicationDanger({ client }: { readonly client: Schema<'Client'> }) {
  const t = useTexts(texts);
  const { tenant, at } = useTenant();
  const { notify } = useNotices();
  const may = usePermission();
  const [asked, setAsked] = useState<'disable' | 'delete'>();
  const update = useWrite('updateClient');
  const remove = useRemoval('deleteClient');
  const { client_id: id, client_name: name } = client;
  const path = { tenant, client_id: id };
  const listed = useRead(
    'listConsents',
    { path: { tenant }, query: { client_id: id, limit: COUNTED } },
    { enabled: asked !== undefined && may('consents:read').allowed },
  ).data?.body;
  const people = new Set(listed?.data.map(({ user_id: user }) => user)).size;
  const effects = [
    t('disable_effect_sign_in', { name: name ?? id }),
    ...(listed && people > 0
      ? [t(listed.page.has_more ? 'effect_people_at_least' : 'effect_people', { count: people })]
      : []),
  ];
  const isConsole = id === CONSOLE_CLIENT;
  return (
    <>
      <DangerZone
        actions={[
          client.enabled && {
            title: t('disable_title'),
            text: t('disable_text'),
            action: (
              <ActionButton variant="outline" color="red" need="clients:write" onClick={() => setAsked('disable')}>
                {t('disable')}
              </ActionButton>
            ),
          },
          {
            title: t('delete_title'),
            text: t('delete_text'),
            action: (
              <ActionButton variant="outline" color="red" need="clients:write" onClick={() => setAsked('delete')}>
                {t('delete')}
              </ActionButton>
            ),
          },
        ]}
      />
      {asked === 'disable' && (
        <ConfirmDestroy
          title={t('disable_one', { name: name ?? id })}
          effects={[...(isConsole ? [t('effect_console')] : []), ...effects, t('disable_effect_tokens')]}
          undo={t('disable_undo')}
          confirmLabel={t('disable')}
          onClose={() => setAsked(undefined)}
          onConfirm={() => update.mutateAsync({ path, body: { enabled: false }, ifMatch: '*' })}
        />
      )}
      {asked === 'delete' && (
        <ConfirmDestroy
          title={t('delete_one', { name: name ?? id })}
          effects={[
            ...(isConsole ? [t('effect_console')] : []),
            ...effects,
            t('delete_effect_tokens'),
            t('delete_effect'),
          ]}
          undo={t('delete_undo')}
          confirmLabel={t('delete')}
          {...((people >= MANY_PEOPLE || listed?.page.has_more === true) && { typeName: id })}
          onClose={() => setAsked(undefined)}
          onConfirm={async () => {
            await remove({ path, ifMatch: '*' }, at('applications'));
            notify(t('deleted', { name: name ?? id }));
          }}
        />
      )}
    </>
  );
}
