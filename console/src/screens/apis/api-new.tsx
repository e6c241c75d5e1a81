import { asCommand } from '../../api/command-text.js';
import { Panel } from '../../design/states.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceForm } from '../../kit/resource-form.js';
import { useGo } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { apiFields } from './api-fields.js';
import { scopesField } from './scope-rows.js';
import { texts } from './texts.js';

export function ApiNew() {
  const t = useTexts(texts);
  const go = useGo();
  const { tenant, at } = useTenant();
  return (
    <>
      <PageHead title={t('create')} lead={t('create_lead')} crumbs={[{ label: t('title'), to: at('apis') }]} />
      <Panel>
        <ResourceForm
          operation="createApi"
          request={{ path: { tenant } }}
          need="apis:write"
          initial={{ scopes: [{ name: '', description: '' }] }}
          fields={[
            ...apiFields(t),
            {
              name: 'identifier',
              kind: 'url',
              label: t('identifier'),
              help: t('identifier_help'),
              placeholder: 'https://api.example.com',
              isRequired: true,
              isCode: true,
            },
            scopesField(t),
          ]}
          toBody={(body) => ({ ...body, scopes: filled(body['scopes']) })}
          cli={({ body }) => {
            const { identifier, ...members } = body as Record<string, unknown>;
            const named = typeof identifier === 'string' && identifier !== '' ? identifier : 'https://…';
            return asCommand(['apis', 'create', tenant, named], members);
          }}
          onSaved={({ id }) => go(at('apis', id), { replace: true })}
          onCancel={() => go(at('apis'))}
        />
      </Panel>
    </>
  );
}

/** A row that nobody touched is none. */
function filled(scopes: unknown): unknown {
  if (!Array.isArray(scopes)) return [];
  return (scopes as readonly { readonly name: string; readonly description: string }[]).filter(
    ({ name, description }) => name !== '' || description !== '',
  );
}
