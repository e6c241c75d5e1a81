import { useApi } from '../../api/api.js';
import type { Schema } from '../../api/operation.js';
import { Icon } from '../../design/icon.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceList } from '../../kit/resource-list.js';
import { Link } from '../../shell/link.js';
import { useSession } from '../../shell/session.js';
import { useTexts } from '../../texts/texts.js';
import { TenantStatus } from './tenant-status.js';
import { texts } from './texts.js';

const NAMED = 5;

export function TenantList() {
  const t = useTexts(texts);
  const api = useApi();
  const { public_url: publicUrl } = useSession();
  const change = (status: 'active' | 'suspended') => (tenant: Schema<'Tenant'>) =>
    api.call('updateTenant', { path: { tenant: tenant.id }, body: { status } });
  const namesOf = (rows: readonly Schema<'Tenant'>[]) => {
    const names = rows
      .slice(0, NAMED)
      .map(({ display_name }) => display_name)
      .join(', ');
    return rows.length > NAMED ? t('more_names', { names, count: rows.length - NAMED }) : names;
  };
  const create = (
    <ActionButton to="/tenants/new" need={['operator', 'tenants:write']} leftSection={<Icon name="plus" />}>
      {t('create')}
    </ActionButton>
  );
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={create} />
      <ResourceList
        operation="listTenants"
        label={t('title')}
        withTotal
        defaultSort="created_at"
        searchHint={t('search')}
        filters={[
          {
            member: 'status',
            label: t('status'),
            options: [
              { value: 'active', label: t('active') },
              { value: 'suspended', label: t('suspended') },
            ],
          },
        ]}
        rowKey={({ id }) => id}
        rowName={({ display_name }) => display_name}
        columns={[
          {
            id: 'name',
            label: t('name'),
            sort: 'display_name',
            isPrimary: true,
            cell: ({ slug, display_name }) => (
              <Link className="row-link" to={`/tenants/${slug}`}>
                <bdi>{display_name}</bdi>
              </Link>
            ),
          },
          { id: 'slug', label: t('slug'), sort: 'slug', cell: ({ slug }) => <code className="nowrap">{slug}</code> },
          { id: 'status', label: t('status'), cell: (tenant) => <TenantStatus tenant={tenant} /> },
          {
            id: 'issuer',
            label: t('issuer'),
            cell: ({ issuer }) => <code title={issuer}>{addressIn(publicUrl, issuer)}</code>,
          },
          {
            id: 'template',
            label: t('template'),
            cell: ({ policy_template }) => policy_template ?? <span className="soft">–</span>,
          },
          {
            id: 'created',
            label: t('created'),
            sort: 'created_at',
            cell: ({ created_at }) => <Time value={created_at} />,
          },
        ]}
        empty={{ icon: 'tenants', title: t('empty_title'), text: t('empty_text'), action: create }}
        bulk={[
          {
            label: t('suspend'),
            need: ['operator', 'tenants:write'],
            run: change('suspended'),
            confirm: (rows) => ({
              title: t('suspend_many', { count: rows.length }),
              effects: [t('suspend_effect_many', { names: namesOf(rows) }), t('suspend_effect_tokens')],
              undo: t('suspend_undo'),
              confirmLabel: t('suspend'),
            }),
          },
          { label: t('resume'), need: ['operator', 'tenants:write'], run: change('active') },
        ]}
        cli={['tenants', 'list']}
      />
    </>
  );
}

/** What tells it from the others: most are below the same address. */
function addressIn(publicUrl: string, issuer: string): string {
  return issuer.startsWith(`${publicUrl}/`) ? issuer.slice(publicUrl.length) : issuer;
}
