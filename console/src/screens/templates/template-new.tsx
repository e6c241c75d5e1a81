import { asCommand } from '../../api/command-text.js';
import { Panel } from '../../design/states.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceForm } from '../../kit/resource-form.js';
import { useGo } from '../../shell/link.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

export function TemplateNew() {
  const t = useTexts(texts);
  const go = useGo();
  return (
    <>
      <PageHead title={t('create')} lead={t('new_lead')} crumbs={[{ label: t('title'), to: '/templates' }]} />
      <Panel>
        <ResourceForm
          operation="createPolicyTemplate"
          need={['operator', 'tenants:write']}
          initial={{}}
          fields={[
            { name: 'display_name', kind: 'text', label: t('name'), help: t('name_help'), isRequired: true },
            { name: 'name', kind: 'text', label: t('key'), help: t('key_help'), isRequired: true, isCode: true },
            { name: 'description', kind: 'textarea', label: t('description'), help: t('description_help') },
          ]}
          cli={({ body }) => {
            const { name = '', ...rest } = body as Readonly<Record<string, unknown>>;
            return asCommand(['policy-templates', 'create', String(name)], rest);
          }}
          onSaved={({ name }) => go(`/templates/of/${encodeURIComponent(name)}`)}
          onCancel={() => go('/templates')}
        />
      </Panel>
    </>
  );
}
