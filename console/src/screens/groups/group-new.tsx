import { asCommand } from '../../api/command-text.js';
import { Panel } from '../../design/states.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceForm } from '../../kit/resource-form.js';
import { useGo } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { groupFields } from './group-fields.js';
import { texts } from './texts.js';

export function GroupNew() {
  const t = useTexts(texts);
  const go = useGo();
  const { tenant, at } = useTenant();
  return (
    <>
      <PageHead title={t('create')} lead={t('create_lead')} crumbs={[{ label: t('title'), to: at('groups') }]} />
      <Panel>
        <ResourceForm
          operation="createGroup"
          request={{ path: { tenant } }}
          initial={{}}
          need="users:write"
          submitLabel={t('submit')}
          fields={groupFields(t)}
          cli={({ body }) => commandOf(tenant, body as Readonly<Record<string, unknown>>)}
          onSaved={({ id }) => go(at('groups', id))}
          onCancel={() => go(at('groups'))}
        />
      </Panel>
    </>
  );
}

function commandOf(tenant: string, { name, ...members }: Readonly<Record<string, unknown>>): string {
  return asCommand(['groups', 'create', tenant, typeof name === 'string' ? name : ''], members);
}
