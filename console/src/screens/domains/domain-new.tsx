import { asCommand } from '../../api/command-text.js';
import { Panel } from '../../design/states.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceForm } from '../../kit/resource-form.js';
import { useGo } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

export function DomainNew() {
  const t = useTexts(texts);
  const go = useGo();
  const { tenant, at } = useTenant();
  return (
    <>
      <PageHead title={t('create')} lead={t('new_lead')} crumbs={[{ label: t('title'), to: at('domains') }]} />
      <Panel>
        <ResourceForm
          operation="createDomain"
          request={{ path: { tenant } }}
          need="tenants:write"
          initial={{}}
          submitLabel={t('claim')}
          fields={[
            {
              name: 'domain',
              kind: 'text',
              label: t('domain'),
              help: t('domain_help'),
              placeholder: 'login.example.com',
              isRequired: true,
              isCode: true,
            },
          ]}
          cli={({ body }) =>
            asCommand(['domains', 'create', tenant, String((body as { readonly domain?: string }).domain ?? '')])
          }
          onSaved={({ domain }) => go(at('domains', 'of', domain))}
          onCancel={() => go(at('domains'))}
        />
      </Panel>
    </>
  );
}
