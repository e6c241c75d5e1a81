import { useState } from 'react';
import type { Schema } from '../../api/operation.js';
import { useRead, useWrite } from '../../api/queries.js';
import { ActionButton } from '../../kit/action-button.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { DangerZone } from '../../kit/danger-zone.js';
import { useGo } from '../../shell/link.js';
import { useNotices } from '../../shell/notices.js';
import { usePermission } from '../../shell/permission.js';
import { useUser } from '../../shell/session.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { relationTexts } from './relation-texts.js';
import { nameOf } from './user-state.js';

/** A page of them is enough to say how many there are. */
const COUNTED = 100;

export function UserDanger({ user }: { readonly user: Schema<'User'> }) {
  const t = useTexts(relationTexts);
  const { notify } = useNotices();
  const { tenant, at } = useTenant();
  const go = useGo();
  const isSelf = useUser().id === user.id;
  const path = { tenant, user_id: user.id };
  const canSeeConsents = usePermission()('consents:read').allowed;
  const [asked, setAsked] = useState<'disable' | 'delete'>();
  const sessions = useRead('getUserSessions', { path }).data?.body.data;
  const groups = useRead('getUserGroups', { path }).data?.body.data;
  const query = { user_id: user.id, limit: COUNTED };
  const consents = useRead('listConsents', { path: { tenant }, query }, { enabled: canSeeConsents }).data?.body.data;
  const update = useWrite('updateUser');
  const remove = useWrite('deleteUser');
  const setEnabled = async (enabled: boolean) => {
    await update.mutateAsync({ path, body: { enabled }, ifMatch: '*' });
    notify(t(enabled ? 'enabled_done' : 'disabled_done'));
  };
  const shared = [
    ...(isSelf ? [t('effect_self')] : []),
    ...(user.tenant_admin ? [t('effect_owner')] : []),
    ...(sessions ? [t('effect_sessions', { count: sessions.length })] : []),
  ];
  return (
    <>
      <DangerZone
        actions={[
          user.enabled
            ? {
                title: t('disable_title'),
                text: t('disable_text'),
                action: (
                  <ActionButton variant="outline" color="red" need="users:write" onClick={() => setAsked('disable')}>
                    {t('disable')}
                  </ActionButton>
                ),
              }
            : {
                title: t('enable_title'),
                text: t('enable_text'),
                action: (
                  <ActionButton
                    variant="default"
                    need="users:write"
                    loading={update.isPending}
                    onClick={() => void setEnabled(true)}
                  >
                    {t('enable')}
                  </ActionButton>
                ),
              },
          {
            title: t('delete_title'),
            text: t('delete_text'),
            action: (
              <ActionButton variant="outline" color="red" need="users:write" onClick={() => setAsked('delete')}>
                {t('delete')}
              </ActionButton>
            ),
          },
        ]}
      />
      {asked === 'disable' && (
        <ConfirmDestroy
          title={t('disable_question', { name: nameOf(user) })}
          effects={[t('disable_effect'), ...shared]}
          undo={t('disable_undo')}
          confirmLabel={t('disable')}
          onClose={() => setAsked(undefined)}
          onConfirm={() => setEnabled(false)}
        />
      )}
      {asked === 'delete' && (
        <ConfirmDestroy
          title={t('delete_question', { name: nameOf(user) })}
          effects={[
            ...shared,
            ...(consents && consents.length > 0 ? [t('delete_effect_consents', { count: consents.length })] : []),
            ...(groups && groups.length > 0 ? [t('delete_effect_groups', { count: groups.length })] : []),
            ...(user.roles.length > 0 ? [t('delete_effect_roles', { roles: user.roles.join(', ') })] : []),
            t('delete_effect_all'),
          ]}
          undo={t('delete_undo')}
          confirmLabel={t('delete')}
          typeName={user.username}
          onClose={() => setAsked(undefined)}
          onConfirm={async () => {
            await remove.mutateAsync({ path, ifMatch: '*' });
            notify(t('deleted_done', { name: nameOf(user) }));
            go(at('users'));
          }}
        />
      )}
    </>
  );
}
