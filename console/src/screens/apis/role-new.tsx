import { useParams } from '@tanstack/react-router';
import { asCommand } from '../../api/command-text.js';
import { useRead } from '../../api/queries.js';
import { Panel, SkeletonLines } from '../../design/states.js';
import { PageHead } from '../../kit/page-head.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { ResourceForm } from '../../kit/resource-form.js';
import { useGo } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useSharedTexts, useTexts } from '../../texts/texts.js';
import { roleFields } from './role-fields.js';
import { texts } from './texts.js';

export function ApiRoleNew() {
  const t = useTexts(texts);
  const shared = useSharedTexts();
  const go = useGo();
  const { tenant, at } = useTenant();
  const { api: id = '' }: { readonly api?: string } = useParams({ strict: false });
  const { data, error, refetch } = useRead('getApi', { path: { tenant, api_id: id } });
  const api = data?.body;
  const roles = `${at('apis', id)}?tab=roles`;
  return (
    <>
      <PageHead
        title={t('new_role')}
        lead={t('new_role_lead')}
        crumbs={[
          { label: t('title'), to: at('apis') },
          { label: api?.display_name ?? id, to: roles },
        ]}
      />
      {api ? (
        <Panel>
          <ResourceForm
            operation="createApiRole"
            request={{ path: { tenant } }}
            need="apis:write"
            initial={{ scopes: [] }}
            fields={roleFields(t, api.scopes)}
            toBody={(body) => ({ api_id: api.id, ...body })}
            cli={({ body }) => {
              const { name, api_id: _, ...members } = body as Record<string, unknown>;
              const named = typeof name === 'string' && name !== '' ? name : 'editor';
              return asCommand(['api-roles', 'create', tenant, named, '--api', api.identifier], members);
            }}
            onSaved={(role) => go(at('apis', id, 'roles', role.id), { replace: true })}
            onCancel={() => go(roles)}
          />
        </Panel>
      ) : error ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : (
        <SkeletonLines label={shared('app.loading')} />
      )}
    </>
  );
}
