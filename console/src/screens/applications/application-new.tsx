import { useState } from 'react';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { Panel } from '../../design/states.js';
import { Icon, type IconName } from '../../design/icon.js';
import type { Field } from '../../kit/form-field.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceForm } from '../../kit/resource-form.js';
import { Link, useGo } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useUrlState } from '../../shell/url-state.js';
import { useTexts } from '../../texts/texts.js';
import { ApplicationCreated } from './application-created.js';
import { KINDS, type Kind, defaultsOf, hasPeople, kindNamed } from './application-kind.js';
import { permissionsField } from './permissions-field.js';
import { texts } from './texts.js';
import './applications.css';

const ICONS: Readonly<Record<Kind, IconName>> = {
  web: 'platform',
  browser: 'application',
  native: 'attribute',
  machine: 'api',
  product: 'templates',
};
/** Where programs of that kind wait for the answer. */
const PLACEHOLDERS: Readonly<Record<Kind, string>> = {
  web: 'https://app.example.com/callback',
  browser: 'https://app.example.com/',
  native: 'com.example.app:/callback',
  machine: '',
  product: 'https://grafana.example.com/login/generic_oauth',
};

export function ApplicationNew() {
  const t = useTexts(texts);
  const { at } = useTenant();
  const [url] = useUrlState();
  const kind = kindNamed(url.get('kind'));
  const [created, setCreated] = useState<Schema<'CreatedClient'>>();
  const crumbs = [{ label: t('title'), to: at('applications') }];
  if (created && kind) return <ApplicationCreated client={created} kind={kind} />;
  if (kind) {
    const before = [...crumbs, { label: t('create'), to: at('applications', 'new') }];
    return (
      <>
        <PageHead title={t(`new_${kind}`)} lead={t(`kind_${kind}_text`)} crumbs={before} />
        <Panel>
          <NewForm key={kind} kind={kind} onCreated={setCreated} />
        </Panel>
      </>
    );
  }
  return (
    <>
      <PageHead title={t('create')} lead={t('create_lead')} crumbs={crumbs} />
      <ul className="kinds">
        {KINDS.map((one) => (
          <li key={one}>
            <Link className="kind" to={`${at('applications', 'new')}?kind=${one}`}>
              <strong>
                <Icon name={ICONS[one]} />
                {t(`kind_${one}`)}
              </strong>
              <span className="soft">{t(`kind_${one}_text`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

interface NewFormProps {
  readonly kind: Kind;
  readonly onCreated: (client: Schema<'CreatedClient'>) => void;
}

function NewForm({ kind, onCreated }: NewFormProps) {
  const t = useTexts(texts);
  const go = useGo();
  const { tenant, at } = useTenant();
  const forPeople: readonly Field[] = [
    {
      name: 'redirect_uris',
      kind: 'tags',
      label: t('redirect_uris'),
      help: t('redirect_uris_help'),
      placeholder: PLACEHOLDERS[kind],
      isRequired: true,
    },
    {
      name: 'post_logout_redirect_uris',
      kind: 'tags',
      label: t('post_logout_redirect_uris'),
      help: t('post_logout_redirect_uris_help'),
    },
    { name: 'refresh', kind: 'switch', label: t('refresh'), help: t('refresh_help') },
    { name: 'first_party', kind: 'switch', label: t('first_party'), help: t('first_party_help') },
  ];
  return (
    <ResourceForm
      operation="createClient"
      request={{ path: { tenant } }}
      need="clients:write"
      initial={{ first_party: false, refresh: kind !== 'browser', permissions: [] }}
      fields={[
        {
          name: 'client_name',
          kind: 'text',
          label: t('client_name'),
          help: t(hasPeople(kind) ? 'client_name_help' : 'client_name_help_machine'),
          isRequired: true,
          maxLength: 200,
        },
        ...(hasPeople(kind) ? forPeople : []),
        permissionsField(t),
      ]}
      toBody={({ refresh, ...body }) => ({
        ...defaultsOf(kind),
        ...(refresh === true && { grant_types: ['authorization_code', 'refresh_token'] }),
        ...body,
      })}
      cli={({ body }) => asCommand(['clients', 'create', tenant], body as Record<string, unknown>)}
      onSaved={onCreated}
      onCancel={() => go(at('applications'))}
    />
  );
}
