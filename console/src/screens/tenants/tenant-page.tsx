import { useApi } from '../../api/api.js';
import type { Schema } from '../../api/operation.js';
import { useWrite } from '../../api/queries.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { ResourcePage } from '../../kit/resource-page.js';
import { useNotices } from '../../shell/notices.js';
import { useSession } from '../../shell/session.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { TenantFacts } from './tenant-facts.js';
import { TenantDanger } from './tenant-danger.js';
import { TenantSettings } from './tenant-settings.js';
import { TenantStatus } from './tenant-status.js';
import { TenantUsage } from './tenant-usage.js';
import { Readiness } from './readiness.js';
import { texts } from './texts.js';

const OPERATORS = ['operator', 'tenants:write'] as const;

export function TenantPage() {
  const t = useTexts(texts);
  const api = useApi();
  const { tenant } = useTenant();
  const { is_operator } = useSession();
  const path = { tenant };
  return (
    <ResourcePage
      operation="getTenant"
      request={{ path }}
      crumbs={is_operator ? [{ label: t('title'), to: '/tenants' }] : []}
      head={(body) => ({
        title: body.display_name,
        badges: <TenantStatus tenant={body} />,
        actions: body.status === 'suspended' && body.deletion_id === undefined && <ResumeButton tenant={body} />,
      })}
      troubles={(body) => [
        body.deletion_scheduled_for !== undefined && {
          tone: 'danger',
          title: t('deletion_title'),
          text: (
            <>
              {t('deletion_text')} <Time value={body.deletion_scheduled_for} exact />
            </>
          ),
          action: <WithdrawButton tenant={body} />,
        },
        body.status === 'suspended' &&
          body.deletion_id === undefined && { tone: 'warn', title: t('suspended_title'), text: t('suspended_text') },
      ]}
      tabs={[
        {
          id: 'overview',
          label: t('overview'),
          content: ({ body }) => (
            <>
              <Readiness tenant={body} />
              <TenantFacts tenant={body} />
            </>
          ),
        },
        { id: 'usage', label: t('usage'), content: ({ body }) => <TenantUsage tenant={body} /> },
        {
          id: 'settings',
          label: t('settings'),
          content: ({ body, etag }) => (
            <>
              <TenantSettings
                tenant={body}
                etag={etag}
                latest={() => api.call('getTenant', { path: { tenant: body.id } })}
              />
              {is_operator && <TenantDanger tenant={body} />}
            </>
          ),
        },
      ]}
    />
  );
}

function ResumeButton({ tenant }: { readonly tenant: Schema<'Tenant'> }) {
  const t = useTexts(texts);
  const { notify } = useNotices();
  const update = useWrite('updateTenant');
  const resume = async () => {
    await update.mutateAsync({ path: { tenant: tenant.id }, body: { status: 'active' } });
    notify(t('resumed'));
  };
  return (
    <ActionButton need={OPERATORS} loading={update.isPending} onClick={() => void resume()}>
      {t('resume')}
    </ActionButton>
  );
}

function WithdrawButton({ tenant }: { readonly tenant: Schema<'Tenant'> }) {
  const t = useTexts(texts);
  const { notify } = useNotices();
  const withdraw = useWrite('withdrawTenantDeletion');
  const press = async () => {
    await withdraw.mutateAsync({ path: { tenant: tenant.id } });
    notify(t('withdrawn'));
  };
  return (
    <ActionButton variant="default" need={OPERATORS} loading={withdraw.isPending} onClick={() => void press()}>
      {t('withdraw')}
    </ActionButton>
  );
}
