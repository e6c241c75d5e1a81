import { useRead } from '../../api/queries.js';
import { CopyField } from '../../design/copy.js';
import { Panel } from '../../design/states.js';
import { PageHead } from '../../kit/page-head.js';
import { usePermission } from '../../shell/permission.js';
import { usePlaceOf } from '../../shell/place-of.js';
import { useSession, useUser } from '../../shell/session.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { Attention } from './attention.js';
import { FirstSteps, type Step } from './first-steps.js';
import { Numbers } from './numbers.js';
import { RecentEvents } from './recent-events.js';
import { useTenantMatters } from './tenant-matters.js';
import { texts } from './texts.js';

/** What the administrator of a tenant sees first: what needs them, what to do first, and what happened. */
export function AdminHome() {
  const t = useTexts(texts);
  const { tenant: own } = useSession();
  const { tenant, at } = useTenant();
  const permission = usePermission();
  const { matters, isLoading, error, retry } = useTenantMatters(tenant);
  const steps = useAdminSteps(tenant);
  return (
    <>
      <PageHead title={own.display_name} lead={t('admin_lead')} />
      <div className="home">
        <div className="home-main">
          <Attention matters={matters} isLoading={isLoading} error={error} onRetry={retry} />
          <FirstSteps steps={steps} />
        </div>
        <div className="home-side">
          <Panel title={t('address')} lead={t('address_lead')}>
            <CopyField label={t('issuer')} value={own.issuer} />
          </Panel>
          {permission('tenants:read').allowed && <Numbers tenant={tenant} />}
          {permission('audit:read').allowed && <RecentEvents tenant={tenant} log={at('audit')} />}
        </div>
      </div>
    </>
  );
}

function useAdminSteps(tenant: string): readonly Step[] {
  const t = useTexts(texts);
  const placeOf = usePlaceOf();
  const permission = usePermission();
  const user = useUser();
  const { tenant: own } = useSession();
  const path = { tenant };
  const may = (need: string) => ({ enabled: permission(need).allowed });
  const readiness = useRead('getReadiness', { path }, may('tenants:read')).data?.body;
  const branding = useRead('listBrandingVersions', { path, query: { limit: 1 } }, may('tenants:read')).data?.body;
  const owners = useRead('listUsers', { path, query: { role: 'owner', limit: 2 } }, may('users:read')).data?.body;
  const used = useRead('getQuotas', { path }, may('tenants:read')).data?.body.used;
  const factors = useRead('getUserFactors', { path: { tenant, user_id: user.id } }, may('users:read')).data?.body;
  const webhooks = useRead('listWebhooks', { path, query: { limit: 1 } }, may('webhooks:read')).data?.body;
  const domains = useRead('listDomains', { path, query: { limit: 100 } }, may('tenants:read')).data?.body;
  const client = readiness?.checks.find(({ name }) => name === 'client');
  const step = (key: 'client' | 'brand' | 'owner' | 'people' | 'factor' | 'domain' | 'watch') => ({
    key,
    title: t(`step_${key}`),
    text: t(`step_${key}_text`),
  });
  return [
    { ...step('client'), isDone: client && client.state === 'ok', to: placeOf('applications', 'new') },
    { ...step('brand'), isDone: branding && branding.data.length > 0, to: placeOf('branding') },
    { ...step('factor'), isDone: factors && factors.data.length > 0, href: `${own.issuer}/account` },
    { ...step('owner'), isDone: owners && owners.data.length > 1, to: placeOf('invitations') },
    { ...step('people'), isDone: used && used.users > 1, to: placeOf('users') },
    {
      ...step('domain'),
      isDone: domains && domains.data.some(({ status }) => status === 'verified'),
      to: placeOf('domains'),
    },
    { ...step('watch'), isDone: webhooks && webhooks.data.length > 0, to: placeOf('webhooks', 'new') },
  ];
}
