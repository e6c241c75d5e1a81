import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useApi } from '../../api/api.js';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { Panel, SkeletonLines } from '../../design/states.js';
import { StateBadge } from '../../design/badge.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { Link } from '../../shell/link.js';
import { useNotices } from '../../shell/notices.js';
import { usePermission } from '../../shell/permission.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useLanguage, useSharedTexts, useTexts } from '../../texts/texts.js';
import type { PolicyValue } from './catalog.js';
import { ImpactDialog } from './impact.js';
import './policies.css';
import { texts } from './texts.js';
import { usePolicyDraft } from './use-policy-draft.js';

interface RetirementProps {
  readonly tenant: Schema<'Tenant'>;
  readonly etag: string | undefined;
}

const GRANTS = ['implicit', 'password'] as const;
type OldGrant = (typeof GRANTS)[number];
const LOOKED_AT = 200;

/** Who still uses the grants that OAuth 2.1 has no more, and the day on which they end. */
export function GrantRetirement({ tenant, etag }: RetirementProps) {
  const t = useTexts(texts);
  const request = { path: { tenant: tenant.id }, query: { limit: LOOKED_AT } };
  const { data, error, refetch } = useRead('listClients', request);
  return (
    <Panel lead={t('grants_lead')} title={t('tab_grants')}>
      {error && !data && <ProblemNotice error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonLines lines={6} label={t('tab_grants')} />}
      {data && (
        <div className="grant-retirement">
          {GRANTS.map((grant) => (
            <OldGrantPart
              key={grant}
              grant={grant}
              tenant={tenant}
              etag={etag}
              clients={data.body.data.filter(({ grant_types: types }) => types.some((type) => type === grant))}
            />
          ))}
        </div>
      )}
      {data?.body.page.has_more === true && <p className="soft">{t('grant_first_clients')}</p>}
    </Panel>
  );
}

function OldGrantPart(
  props: RetirementProps & { readonly grant: OldGrant; readonly clients: readonly Schema<'Client'>[] },
) {
  const { grant, tenant, etag, clients } = props;
  const t = useTexts(texts);
  const { language } = useLanguage();
  const effective = tenant.effective_policy;
  const isAllowed = effective[`allow_${grant}_grant`];
  const end = effective[`${grant}_grant_off_from`];
  const hasEnded = end !== undefined && new Date(end).getTime() <= Date.now();
  const day =
    end === undefined
      ? ''
      : new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(end));
  const state = !isAllowed ? 'grant_off' : hasEnded ? 'grant_ended' : end === undefined ? 'grant_on' : 'grant_ends';
  return (
    <section>
      <h3>{t(`grant_${grant}`)}</h3>
      <div>
        <StateBadge tone={state === 'grant_on' ? 'warn' : state === 'grant_ends' ? 'accent' : 'good'}>
          {t(state, { day })}
        </StateBadge>
      </div>
      <p className="soft">{t(clients.length === 0 ? 'grant_nobody' : 'grant_used_by')}</p>
      {clients.length > 0 && (
        <ul className="plain">
          {clients.map((client) => (
            <ClientUse key={client.client_id} tenant={tenant.id} client={client} grant={grant} />
          ))}
        </ul>
      )}
      {clients.length === 0 && isAllowed && !hasEnded && <p>{t('grant_nobody_hint')}</p>}
      {isAllowed && !hasEnded && <PlanEnd grant={grant} tenant={tenant} etag={etag} />}
    </section>
  );
}

function ClientUse(props: { readonly tenant: string; readonly client: Schema<'Client'>; readonly grant: OldGrant }) {
  const { tenant, client, grant } = props;
  const t = useTexts(texts);
  const { at } = useTenant();
  const { data } = useRead('getGrantUsage', { path: { tenant, client_id: client.client_id } });
  const usage = data?.body.data.find(({ grant_type: type }) => type === grant);
  return (
    <li>
      <Link to={at('applications', client.client_id)}>
        <bdi>{client.client_name ?? client.client_id}</bdi>
      </Link>{' '}
      <span className="soft">
        {usage && (usage.uses === 0 ? t('grant_unused') : t('grant_uses', { count: usage.uses }))}
        {usage && usage.last_used_at !== null && (
          <>
            {', '}
            {t('grant_last')} <Time value={usage.last_used_at} />
          </>
        )}
      </span>
    </li>
  );
}

/** The day is a rule like any other, and its change is tried before. */
function PlanEnd({ grant, tenant, etag }: RetirementProps & { readonly grant: OldGrant }) {
  const t = useTexts(texts);
  const shared = useSharedTexts();
  const api = useApi();
  const permission = usePermission();
  const { notify } = useNotices();
  const [asked, setAsked] = useState<{ readonly impact: Schema<'PolicyDryRun'> | undefined }>();
  const path = { tenant: tenant.id };
  const member = `${grant}_grant_off_from`;
  const stateOf = (body: Schema<'Tenant'>, version: string | undefined) => ({
    policy: body.policy as Readonly<Record<string, PolicyValue>>,
    locks: body.policy_locks ?? [],
    etag: version,
  });
  const draft = usePolicyDraft({
    layer: stateOf(tenant, etag),
    operation: 'updateTenant',
    path,
    reread: async () => {
      const { body, etag: newest } = await api.call('getTenant', { path });
      return stateOf(body, newest);
    },
    onRefused: () => setAsked(undefined),
    onSaved: () => {
      setAsked(undefined);
      notify(shared('form.saved'));
    },
  });
  const value = draft.valueOf(member);
  const check = async () => {
    const canTell = permission(['clients:read', 'users:read']).allowed;
    const impact = canTell ? await draft.dryRun() : undefined;
    if (impact || !canTell) setAsked({ impact });
  };
  return (
    <>
      {draft.failure && <ProblemNotice error={draft.failure} />}
      <TextInput
        type="date"
        label={t('off_from')}
        description={t('off_from_help')}
        value={typeof value === 'string' ? value : ''}
        error={draft.errors[member]}
        onChange={(event) => draft.change(member, event.currentTarget.value === '' ? null : event.currentTarget.value)}
      />
      <div className="actions">
        <ActionButton
          need="tenants:write"
          loading={draft.isBusy}
          because={Object.keys(draft.changes).length === 0 ? shared('form.no_changes') : undefined}
          onClick={() => void check()}
        >
          {t('plan')}
        </ActionButton>
        <CodeCopy
          operation="updateTenant"
          request={draft.request}
          cli={() => asCommand(['tenants', 'policy', tenant.slug], { [member]: value })}
        />
      </div>
      {asked && (
        <ImpactDialog
          impact={asked.impact}
          isBusy={draft.isBusy}
          onSave={() => void draft.save()}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}
