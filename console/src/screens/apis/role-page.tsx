import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useApi } from '../../api/api.js';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { Panel } from '../../design/states.js';
import { ActionButton } from '../../kit/action-button.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { DangerZone } from '../../kit/danger-zone.js';
import { ResourceForm } from '../../kit/resource-form.js';
import { ResourcePage } from '../../kit/resource-page.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { useRemoval } from '../applications/use-removal.js';
import { roleFields } from './role-fields.js';
import { RoleHolders } from './role-holders.js';
import { texts } from './texts.js';

const COUNTED = 200;

export function ApiRolePage() {
  const t = useTexts(texts);
  const client = useApi();
  const { tenant, at } = useTenant();
  const { api: apiId = '', role = '' }: { readonly api?: string; readonly role?: string } = useParams({
    strict: false,
  });
  const path = { tenant, api_role_id: role };
  const api = useRead('getApi', { path: { tenant, api_id: apiId } }).data?.body;
  return (
    <ResourcePage
      key={role}
      operation="getApiRole"
      request={{ path }}
      crumbs={[
        { label: t('title'), to: at('apis') },
        { label: api?.display_name ?? apiId, to: `${at('apis', apiId)}?tab=roles` },
      ]}
      head={(body) => ({ title: body.display_name ?? body.name, lead: body.description ?? undefined })}
      troubles={() => [
        api?.roles_in_tokens === 'off' && { tone: 'plain', title: t('roles_off_title'), text: t('roles_off_text') },
      ]}
      tabs={[
        { id: 'holders', label: t('holders'), content: ({ body }) => <RoleHolders role={body} /> },
        {
          id: 'settings',
          label: t('settings'),
          content: ({ body, etag }) => (
            <>
              <Panel title={t('settings')}>
                <ResourceForm
                  // The scopes to choose from come with the API.
                  key={api === undefined ? 'before' : 'with api'}
                  operation="updateApiRole"
                  request={{ path }}
                  initial={body}
                  etag={etag}
                  latest={() => client.call('getApiRole', { path })}
                  need="apis:write"
                  fields={roleFields(t, api?.scopes ?? [])}
                  cli={(request) =>
                    asCommand(['api-roles', 'update', tenant, body.id], request.body as Record<string, unknown>)
                  }
                />
              </Panel>
              <RoleDanger role={body} />
            </>
          ),
        },
      ]}
    />
  );
}

function RoleDanger({ role }: { readonly role: Schema<'ApiRole'> }) {
  const t = useTexts(texts);
  const { tenant, at } = useTenant();
  const [isAsked, setAsked] = useState(false);
  const remove = useRemoval('deleteApiRole');
  const path = { tenant, api_role_id: role.id };
  const holders = useRead('listApiRoleAssignments', { path, query: { limit: COUNTED } }, { enabled: isAsked }).data
    ?.body;
  const name = role.display_name ?? role.name;
  const count = holders?.data.length ?? 0;
  return (
    <>
      <DangerZone
        actions={[
          {
            title: t('delete_role_title'),
            text: t('delete_role_text'),
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
          title={t('delete_one', { name })}
          effects={[
            ...(holders
              ? [t(holders.page.has_more ? 'delete_role_holders_at_least' : 'delete_role_holders', { count })]
              : []),
            t('delete_role_effect'),
          ]}
          undo={t('delete_undo')}
          confirmLabel={t('delete')}
          onClose={() => setAsked(false)}
          onConfirm={() => remove({ path, ifMatch: '*' }, `${at('apis', role.api_id)}?tab=roles`)}
        />
      )}
    </>
  );
}
