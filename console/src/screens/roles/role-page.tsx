import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useApi } from '../../api/api.js';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { useRead, useWrite } from '../../api/queries.js';
import { StateBadge } from '../../design/badge.js';
import { Panel } from '../../design/states.js';
import { ActionButton } from '../../kit/action-button.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { DangerZone } from '../../kit/danger-zone.js';
import { ResourceForm } from '../../kit/resource-form.js';
import { ResourcePage } from '../../kit/resource-page.js';
import { useGo } from '../../shell/link.js';
import { useNotices } from '../../shell/notices.js';
import { usePermission } from '../../shell/permission.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { PermissionList } from './permissions.js';
import { roleFields } from './role-fields.js';
import { RoleHolders } from './role-holders.js';
import { useRoleWords } from './role-words.js';
import { texts } from './texts.js';

export function RolePage() {
  const t = useTexts(texts);
  const { nameOf, describe } = useRoleWords();
  const { tenant, at } = useTenant();
  const { role: name = '' }: { readonly role?: string } = useParams({ strict: false });
  return (
    <ResourcePage
      operation="getRole"
      request={{ path: { tenant, role: name } }}
      crumbs={[{ label: t('title'), to: at('roles') }]}
      head={(role) => ({
        title: nameOf(role),
        lead: describe(role) === null ? undefined : <bdi>{describe(role)}</bdi>,
        badges: (
          <>
            <code>{role.name}</code>
            <StateBadge tone={role.built_in ? 'plain' : 'accent'}>{t(role.built_in ? 'built_in' : 'own')}</StateBadge>
          </>
        ),
      })}
      tabs={[
        {
          id: 'holders',
          label: t('holders'),
          need: 'users:read',
          content: ({ body }) => <RoleHolders role={body} />,
        },
        {
          id: 'permissions',
          label: t('permissions'),
          content: ({ body, etag }) =>
            body.built_in ? (
              <Panel title={t('permissions')} lead={t('built_in_lead')}>
                <div className="stack">
                  <PermissionList permissions={body.permissions} />
                </div>
              </Panel>
            ) : (
              <>
                <RoleSettings role={body} etag={etag} />
                <RoleDanger role={body} />
              </>
            ),
        },
      ]}
    />
  );
}

function RoleSettings({ role, etag }: { readonly role: Schema<'Role'>; readonly etag: string | undefined }) {
  const t = useTexts(texts);
  const api = useApi();
  const { tenant } = useTenant();
  const path = { tenant, role: role.name };
  return (
    <Panel title={t('settings')} lead={t('settings_lead')}>
      <ResourceForm
        operation="updateRole"
        request={{ path }}
        initial={role}
        etag={etag}
        latest={() => api.call('getRole', { path })}
        need="roles:write"
        fields={roleFields(t)}
        cli={({ body }) => asCommand(['roles', 'update', tenant, role.name], body as Record<string, unknown>)}
      />
    </Panel>
  );
}

function RoleDanger({ role }: { readonly role: Schema<'Role'> }) {
  const t = useTexts(texts);
  const { notify } = useNotices();
  const go = useGo();
  const { tenant, at } = useTenant();
  const canSeeUsers = usePermission()('users:read').allowed;
  const request = { path: { tenant }, query: { role: role.name, limit: 1, total: true } };
  const total = useRead('listUsers', request, { enabled: canSeeUsers }).data?.body.page.estimated_total;
  const remove = useWrite('deleteRole');
  const [isAsked, setAsked] = useState(false);
  return (
    <>
      <DangerZone
        actions={[
          {
            title: t('delete_title'),
            text: t('delete_text'),
            action: (
              <ActionButton variant="outline" color="red" need="roles:write" onClick={() => setAsked(true)}>
                {t('delete')}
              </ActionButton>
            ),
          },
        ]}
      />
      {isAsked && (
        <ConfirmDestroy
          title={t('delete_question', { role: role.display_name })}
          effects={[...(total === undefined ? [] : [t('delete_effect', { count: total })]), t('delete_effect_all')]}
          undo={t('delete_undo')}
          confirmLabel={t('delete')}
          {...(total !== 0 && { typeName: role.name })}
          onClose={() => setAsked(false)}
          onConfirm={async () => {
            await remove.mutateAsync({ path: { tenant, role: role.name }, query: { force: true }, ifMatch: '*' });
            notify(t('deleted', { role: role.display_name }));
            go(at('roles'));
          }}
        />
      )}
    </>
  );
}
