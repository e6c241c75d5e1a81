import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { type Answer, useApi } from '../../api/api.js';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { Panel } from '../../design/states.js';
import type { Field } from '../../kit/form-field.js';
import { ResourceForm } from '../../kit/resource-form.js';
import { ResourcePage } from '../../kit/resource-page.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { Warnings } from '../applications/warnings.js';
import { ApiDanger } from './api-danger.js';
import { apiFields, tokenFields } from './api-fields.js';
import { ApiOverview } from './api-overview.js';
import { RoleList } from './role-list.js';
import { scopesField } from './scope-rows.js';
import { texts } from './texts.js';

export function ApiPage() {
  const t = useTexts(texts);
  const client = useApi();
  const { tenant, at } = useTenant();
  const { api = '' }: { readonly api?: string } = useParams({ strict: false });
  const path = { tenant, api_id: api };
  const latest = () => client.call('getApi', { path });
  return (
    <ResourcePage
      key={api}
      operation="getApi"
      request={{ path }}
      crumbs={[{ label: t('title'), to: at('apis') }]}
      head={(body) => ({ title: body.display_name, lead: <code>{body.identifier}</code> })}
      troubles={(body) => [
        body.scopes.length === 0 && { tone: 'warn', title: t('trouble_scopes'), text: t('trouble_scopes_text') },
        body.access_token_format === 'opaque' &&
          body.introspection_client_ids.length === 0 && {
            tone: 'danger',
            title: t('trouble_introspection'),
            text: t('trouble_introspection_text'),
          },
        body.access_token_format === 'opaque' &&
          body.roles_in_tokens === 'claims' && {
            tone: 'plain',
            title: t('trouble_roles'),
            text: t('trouble_roles_text'),
          },
      ]}
      tabs={[
        { id: 'overview', label: t('overview'), content: ({ body }) => <ApiOverview api={body} /> },
        {
          id: 'scopes',
          label: t('scopes'),
          content: ({ body, etag }) => (
            <Panel title={t('scopes')} lead={t('scopes_lead')}>
              <ApiForm api={body} etag={etag} latest={latest} fields={[scopesField(t)]} />
            </Panel>
          ),
        },
        { id: 'roles', label: t('roles'), content: ({ body }) => <RoleList api={body} /> },
        {
          id: 'settings',
          label: t('settings'),
          content: ({ body, etag }) => (
            <>
              <Panel title={t('settings')}>
                <ApiForm api={body} etag={etag} latest={latest} fields={[...apiFields(t), ...tokenFields(t)]} />
              </Panel>
              <ApiDanger api={body} />
            </>
          ),
        },
      ]}
    />
  );
}

interface ApiFormProps {
  readonly api: Schema<'Api'>;
  readonly etag: string | undefined;
  readonly latest: () => Promise<Answer<object>>;
  readonly fields: readonly Field[];
}

function ApiForm({ api, etag, latest, fields }: ApiFormProps) {
  const { tenant } = useTenant();
  const [warnings, setWarnings] = useState<Schema<'Api'>['warnings']>();
  return (
    <div className="stack">
      {warnings && <Warnings warnings={warnings} />}
      <ResourceForm
        operation="updateApi"
        request={{ path: { tenant, api_id: api.id } }}
        initial={api}
        etag={etag}
        latest={latest}
        need="apis:write"
        fields={fields}
        cli={({ body }) => asCommand(['apis', 'update', tenant, api.identifier], body as Record<string, unknown>)}
        onSaved={(saved) => setWarnings(saved.warnings)}
      />
    </div>
  );
}
