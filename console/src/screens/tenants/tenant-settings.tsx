import type { Answer } from '../../api/api.js';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { Panel } from '../../design/states.js';
import type { Field } from '../../kit/form-field.js';
import { ResourceForm } from '../../kit/resource-form.js';
import { useGo } from '../../shell/link.js';
import { useSession } from '../../shell/session.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

interface TenantSettingsProps {
  readonly tenant: Schema<'Tenant'>;
  readonly etag: string | undefined;
  readonly latest: () => Promise<Answer<object>>;
}

/** Name and, for operators, the slug and the template. */
export function TenantSettings({ tenant, etag, latest }: TenantSettingsProps) {
  const t = useTexts(texts);
  const go = useGo();
  const { is_operator } = useSession();
  const { base } = useTenant();
  const templates = useRead('listPolicyTemplates', {}, { enabled: is_operator });
  const options = (templates.data?.body.data ?? []).map(({ name }) => ({ value: name, label: name }));
  const ofOperators: readonly Field[] = [
    { name: 'slug', kind: 'text', label: t('slug'), help: t('slug_help'), isRequired: true, isCode: true },
    {
      name: 'former_slug_days',
      kind: 'number',
      label: t('former_days'),
      unit: t('former_days_unit'),
      placeholder: '30',
      when: ({ slug }) => slug !== tenant.slug,
    },
    {
      name: 'policy_template',
      kind: 'select',
      label: t('policy_template'),
      help: t('policy_template_help'),
      noneLabel: t('no_template'),
      options,
    },
  ];
  return (
    <Panel title={t('settings')}>
      <ResourceForm
        operation="updateTenant"
        request={{ path: { tenant: tenant.id } }}
        initial={tenant}
        etag={etag}
        latest={latest}
        need="tenants:write"
        fields={[
          {
            name: 'display_name',
            kind: 'text',
            label: t('display_name'),
            help: t('display_name_help'),
            isRequired: true,
          },
          ...(is_operator ? ofOperators : []),
        ]}
        cli={({ body }) => asCommand(['tenants', 'update', tenant.slug], body as Record<string, unknown>)}
        onSaved={(body) => {
          if (base !== '' && 'slug' in body && body.slug !== tenant.slug)
            go(`/tenants/${body.slug}?tab=settings`, { replace: true });
        }}
      />
    </Panel>
  );
}
