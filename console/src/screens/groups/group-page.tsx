import { useParams } from '@tanstack/react-router';
import { useApi } from '../../api/api.js';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { CopyButton } from '../../design/copy.js';
import { Facts, Panel } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ResourceForm } from '../../kit/resource-form.js';
import { ResourcePage } from '../../kit/resource-page.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { ApiRolesOf } from '../users/api-roles-of.js';
import { GroupDanger } from './group-danger.js';
import { groupFields } from './group-fields.js';
import { GroupMembers } from './group-members.js';
import { texts } from './texts.js';

export function GroupPage() {
  const t = useTexts(texts);
  const { tenant, at } = useTenant();
  const { group: id = '' }: { readonly group?: string } = useParams({ strict: false });
  return (
    <ResourcePage
      operation="getGroup"
      request={{ path: { tenant, group_id: id } }}
      crumbs={[{ label: t('title'), to: at('groups') }]}
      head={({ name, display_name, description }) => ({
        title: display_name ?? name,
        lead: description === null ? undefined : <bdi>{description}</bdi>,
        badges: display_name !== null && display_name !== name && <code>{name}</code>,
      })}
      tabs={[
        { id: 'members', label: t('members'), content: ({ body }) => <GroupMembers group={body} /> },
        {
          id: 'roles',
          label: t('api_roles'),
          need: 'apis:read',
          content: ({ body }) => <ApiRolesOf kind="group" id={body.id} />,
        },
        {
          id: 'settings',
          label: t('settings'),
          content: ({ body, etag }) => (
            <>
              <GroupSettings group={body} etag={etag} />
              <GroupDanger group={body} />
            </>
          ),
        },
      ]}
    />
  );
}

function GroupSettings({ group, etag }: { readonly group: Schema<'Group'>; readonly etag: string | undefined }) {
  const t = useTexts(texts);
  const api = useApi();
  const { tenant } = useTenant();
  const path = { tenant, group_id: group.id };
  return (
    <>
      <Panel title={t('about')}>
        <Facts
          facts={[
            [
              t('id'),
              <span className="copy-value" key="id">
                <code>{group.id}</code>
                <CopyButton text={group.id} what={t('id')} />
              </span>,
            ],
            [t('created'), <Time key="created" value={group.created_at} />],
            [t('updated'), <Time key="updated" value={group.updated_at} />],
          ]}
        />
      </Panel>
      <Panel title={t('settings')} lead={t('settings_lead')}>
        <ResourceForm
          operation="updateGroup"
          request={{ path }}
          initial={group}
          etag={etag}
          latest={() => api.call('getGroup', { path })}
          need="users:write"
          fields={groupFields(t)}
          cli={({ body }) => asCommand(['groups', 'update', tenant, group.name], body as Record<string, unknown>)}
        />
      </Panel>
    </>
  );
}
