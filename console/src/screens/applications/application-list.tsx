import { useApi } from '../../api/api.js';
import type { Schema } from '../../api/operation.js';
import { Icon } from '../../design/icon.js';
import { ActionButton } from '../../kit/action-button.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceList } from '../../kit/resource-list.js';
import { Link } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { ApplicationStatus } from './application-status.js';
import { kindOf } from './application-kind.js';
import { texts } from './texts.js';

const NAMED = 5;

export function ApplicationList() {
  const t = useTexts(texts);
  const api = useApi();
  const { tenant, at } = useTenant();
  const nameOf = ({ client_id: id, client_name: name }: Schema<'Client'>) => name ?? id;
  const enable = (enabled: boolean) => (client: Schema<'Client'>) =>
    api.call('updateClient', { path: { tenant, client_id: client.client_id }, body: { enabled }, ifMatch: '*' });
  const namesOf = (rows: readonly Schema<'Client'>[]) => {
    const names = rows.slice(0, NAMED).map(nameOf).join(', ');
    return rows.length > NAMED ? t('more_names', { names, count: rows.length - NAMED }) : names;
  };
  const create = (
    <ActionButton to={at('applications', 'new')} need="clients:write" leftSection={<Icon name="plus" />}>
      {t('create')}
    </ActionButton>
  );
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} actions={create} />
      <ResourceList
        operation="listClients"
        request={{ path: { tenant } }}
        label={t('title')}
        withTotal
        defaultSort="name"
        searchHint={t('search')}
        filters={[
          {
            member: 'application_type',
            label: t('type'),
            options: (['web', 'browser', 'native'] as const).map((value) => ({ value, label: t(`type_${value}`) })),
          },
          {
            member: 'enabled',
            label: t('state'),
            options: [
              { value: 'true', label: t('enabled') },
              { value: 'false', label: t('disabled') },
            ],
          },
        ]}
        rowKey={({ client_id: id }) => id}
        rowName={nameOf}
        columns={[
          {
            id: 'name',
            label: t('name'),
            sort: 'name',
            isPrimary: true,
            cell: (client) => (
              <Link className="row-link" to={at('applications', client.client_id)}>
                <bdi>{nameOf(client)}</bdi>
              </Link>
            ),
          },
          { id: 'client_id', label: t('client_id'), sort: 'client_id', cell: ({ client_id: id }) => <code>{id}</code> },
          { id: 'type', label: t('type'), cell: (client) => t(`kind_${kindOf(client)}`) },
          { id: 'state', label: t('state'), cell: (client) => <ApplicationStatus client={client} /> },
          {
            id: 'grants',
            label: t('grants'),
            cell: ({ grant_types: grants }) =>
              grants.length === 0 ? <span className="soft">–</span> : <code>{grants.map(shortGrant).join(', ')}</code>,
          },
        ]}
        empty={{ icon: 'application', title: t('empty_title'), text: t('empty_text'), action: create }}
        bulk={[
          {
            label: t('disable'),
            need: 'clients:write',
            run: enable(false),
            confirm: (rows) => ({
              title: t('disable_many', { count: rows.length }),
              effects: [t('disable_effect_many', { names: namesOf(rows) }), t('disable_effect_tokens')],
              undo: t('disable_undo'),
              confirmLabel: t('disable'),
            }),
          },
          { label: t('enable'), need: 'clients:write', run: enable(true) },
        ]}
        cli={['clients', 'list', tenant]}
      />
    </>
  );
}

/** Of an extension grant the last part says enough: `urn:ietf:params:oauth:grant-type:jwt-bearer`. */
function shortGrant(grant: string): string {
  return grant.split(':').at(-1) ?? grant;
}
