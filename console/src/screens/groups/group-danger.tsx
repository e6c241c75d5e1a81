import { useState } from 'react';
import type { Schema } from '../../api/operation.js';
import { useRead, useWrite } from '../../api/queries.js';
import { ActionButton } from '../../kit/action-button.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { DangerZone } from '../../kit/danger-zone.js';
import { useGo } from '../../shell/link.js';
import { useNotices } from '../../shell/notices.js';
import { usePermission } from '../../shell/permission.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { useHeldApiRoles } from '../users/use-held-api-roles.js';
import { texts } from './texts.js';

const COUNTED = 100;

export function GroupDanger({ group }: { readonly group: Schema<'Group'> }) {
  const t = useTexts(texts);
  const [isAsked, setAsked] = useState(false);
  return (
    <>
      <DangerZone
        actions={[
          {
            title: t('delete_title'),
            text: t('delete_text'),
            action: (
              <ActionButton variant="outline" color="red" need="users:write" onClick={() => setAsked(true)}>
                {t('delete')}
              </ActionButton>
            ),
          },
        ]}
      />
      {isAsked && <DeleteGroup group={group} onClose={() => setAsked(false)} />}
    </>
  );
}

function DeleteGroup({ group, onClose }: { readonly group: Schema<'Group'>; readonly onClose: () => void }) {
  const t = useTexts(texts);
  const { notify } = useNotices();
  const go = useGo();
  const { tenant, at } = useTenant();
  const path = { tenant, group_id: group.id };
  const members = useRead('listGroupMembers', { path, query: { limit: COUNTED } }).data?.body;
  const roles = usePermission()('apis:read').allowed ? <RolesLost id={group.id} /> : undefined;
  const remove = useWrite('deleteGroup');
  return (
    <ConfirmDestroy
      title={t('delete_question', { name: group.name })}
      effects={[
        ...(members
          ? [t(members.page.has_more ? 'delete_effect_many' : 'delete_effect_members', { count: members.data.length })]
          : []),
        t('delete_effect_claim', { name: group.name }),
        ...(roles ? [roles] : []),
      ]}
      undo={t('delete_undo')}
      confirmLabel={t('delete')}
      {...((members?.data.length ?? 0) >= 10 && { typeName: group.name })}
      onClose={onClose}
      onConfirm={async () => {
        await remove.mutateAsync({ path, ifMatch: '*' });
        notify(t('deleted', { name: group.name }));
        go(at('groups'));
      }}
    />
  );
}

/** The API roles that members lose with the group. */
function RolesLost({ id }: { readonly id: string }) {
  const t = useTexts(texts);
  const held = useHeldApiRoles({ kind: 'group', id, groupIds: [] }).data?.held ?? [];
  return t('delete_effect_roles', {
    count: held.length,
    roles: held.map(({ role }) => role.display_name ?? role.name).join(', '),
  });
}
