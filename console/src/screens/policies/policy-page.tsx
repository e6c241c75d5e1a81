import { useApi } from '../../api/api.js';
import type { Answer } from '../../api/api.js';
import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { StateBadge } from '../../design/badge.js';
import { SkeletonLines } from '../../design/states.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { ResourcePage } from '../../kit/resource-page.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { GrantRetirement } from './grant-retirement.js';
import type { PolicyValue } from './catalog.js';
import { PolicyEditor } from './policy-editor.js';
import { texts } from './texts.js';
import type { LayerState } from './use-policy-draft.js';

/** Of these alone an application may decide otherwise, so a tenant can lock them. */
const LOCKABLE = ['require_pkce', 'id_token_signing_alg'];

export function PolicyPage() {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  return (
    <ResourcePage
      operation="getTenant"
      request={{ path: { tenant } }}
      crumbs={[]}
      head={(body) => ({
        title: t('title'),
        lead: t('lead'),
        ...(body.policy_template !== undefined &&
          body.policy_template !== null && {
            badges: <StateBadge tone="plain">{t('of_template', { name: body.policy_template })}</StateBadge>,
          }),
      })}
      tabs={[
        { id: 'rules', label: t('tab_rules'), content: (answer) => <TenantRules answer={answer} /> },
        {
          id: 'grants',
          label: t('tab_grants'),
          need: 'clients:read',
          content: ({ body, etag }) => <GrantRetirement tenant={body} etag={etag} />,
        },
      ]}
    />
  );
}

function TenantRules({ answer }: { readonly answer: Answer<Schema<'Tenant'>> }) {
  const t = useTexts(texts);
  const api = useApi();
  const path = { tenant: answer.body.id };
  const { data, error, refetch } = useRead('getEffectivePolicy', { path, query: { explain: 'true' } });
  if (!data) {
    return error ? (
      <ProblemNotice error={error} onRetry={() => void refetch()} />
    ) : (
      <SkeletonLines lines={12} label={t('title')} />
    );
  }
  return (
    <PolicyEditor
      layer="tenant"
      state={stateOf(answer)}
      operation="updateTenant"
      path={path}
      need="tenants:write"
      reread={async () => stateOf(await api.call('getTenant', { path }))}
      explained={data.body.explained}
      canLock={(member) => LOCKABLE.includes(member)}
      cli={{ words: ['tenants', 'policy', answer.body.slug], prefix: '' }}
    />
  );
}

function stateOf({ body, etag }: Answer<Schema<'Tenant'>>): LayerState {
  return {
    policy: body.policy as Readonly<Record<string, PolicyValue>>,
    locks: body.policy_locks ?? [],
    etag,
  };
}
