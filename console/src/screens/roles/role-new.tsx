import { asCommand } from '../../api/command-text.js';
import { Panel } from '../../design/states.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceForm } from '../../kit/resource-form.js';
import { useGo } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { roleFields } from './role-fields.js';
import { texts } from './texts.js';

export function RoleNew() {
  const t = useTexts(texts);
  const go = useGo();
  const { tenant, at } = useTenant();
  return (
    <>
      <PageHead title={t('create')} lead={t('create_lead')} crumbs={[{ label: t('title'), to: at('roles') }]} />
      <Panel>
        <ResourceForm
          operation="createRole"
          request={{ path: { tenant } }}
          initial={{ permissions: [] }}
          need="roles:write"
          submitLabel={t('submit')}
          fields={[
            {
              name: 'name',
              kind: 'text',
              label: t('name'),
              help: t('name_help'),
              placeholder: 'helpdesk',
              isRequired: true,
              isCode: true,
            },
            ...roleFields(t),
          ]}
          cli={({ body }) => commandOf(tenant, body as Readonly<Record<string, unknown>>)}
          onSaved={({ name }) => go(at('roles', name))}
          onCancel={() => go(at('roles'))}
        />
      </Panel>
    </>
  );
}

function commandOf(tenant: string, { name, ...members }: Readonly<Record<string, unknown>>): string {
  return asCommand(['roles', 'create', tenant, typeof name === 'string' ? name : ''], members);
}
