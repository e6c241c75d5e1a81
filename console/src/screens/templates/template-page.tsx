import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { type Answer, useApi } from '../../api/api.js';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { useRead, useWrite } from '../../api/queries.js';
import { Facts, Panel } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { DangerZone } from '../../kit/danger-zone.js';
import { ResourceForm } from '../../kit/resource-form.js';
import { ResourceList } from '../../kit/resource-list.js';
import { ResourcePage } from '../../kit/resource-page.js';
import { Link, useGo } from '../../shell/link.js';
import { useNotices } from '../../shell/notices.js';
import { useTexts } from '../../texts/texts.js';
import type { PolicyValue } from '../policies/catalog.js';
import { PolicyEditor } from '../policies/policy-editor.js';
import { OPERATORS, canLockAbove, layerStateOf } from './layer-state.js';
import { texts } from './texts.js';

export function TemplatePage() {
  const t = useTexts(texts);
  const { template = '' }: { readonly template?: string } = useParams({ strict: false });
  return (
    <ResourcePage
      operation="getPolicyTemplate"
      request={{ path: { template } }}
      crumbs={[{ label: t('title'), to: '/templates' }]}
      head={(body) => ({ title: body.display_name, lead: body.description ?? t('page_lead') })}
      tabs={[
        { id: 'rules', label: t('rules'), content: (answer) => <TemplateRules answer={answer} /> },
        { id: 'tenants', label: t('tenants'), content: ({ body }) => <TemplateTenants name={body.name} /> },
        { id: 'settings', label: t('settings'), content: (answer) => <TemplateSettings answer={answer} /> },
      ]}
    />
  );
}

type TemplateAnswer = { readonly answer: Answer<Schema<'PolicyTemplate'>> };

function TemplateRules({ answer }: TemplateAnswer) {
  const api = useApi();
  const { name } = answer.body;
  const path = { template: name };
  const platform = useRead('getPlatformPolicy', {}).data?.body.policy ?? {};
  return (
    <PolicyEditor
      layer="template"
      state={layerStateOf(answer)}
      operation="updatePolicyTemplate"
      path={path}
      need={OPERATORS}
      reread={async () => layerStateOf(await api.call('getPolicyTemplate', { path }))}
      inherited={platform as Readonly<Record<string, PolicyValue>>}
      canLock={canLockAbove}
      cli={{ words: ['policy-templates', 'update', name], prefix: 'policy.' }}
    />
  );
}

function TemplateTenants({ name }: { readonly name: string }) {
  const t = useTexts(texts);
  return (
    <ResourceList
      operation="listTenants"
      request={{ query: { policy_template: name } }}
      label={t('tenants')}
      withTotal
      searchHint={t('search_tenants')}
      rowKey={({ id }) => id}
      rowName={({ display_name }) => display_name}
      columns={[
        {
          id: 'tenant',
          label: t('tenant'),
          isPrimary: true,
          cell: ({ slug, display_name }) => (
            <Link className="row-link" to={`/tenants/${encodeURIComponent(slug)}/policies`}>
              <bdi>{display_name}</bdi>
            </Link>
          ),
        },
        { id: 'slug', label: t('slug'), cell: ({ slug }) => <code>{slug}</code> },
        { id: 'own_rules', label: t('own_rules'), isNumeric: true, cell: ({ policy }) => Object.keys(policy).length },
        { id: 'created', label: t('created'), cell: ({ created_at }) => <Time value={created_at} /> },
      ]}
      empty={{ icon: 'tenants', title: t('no_tenants'), text: t('no_tenants_text') }}
      cli={['tenants', 'list', '--policy-template', name]}
    />
  );
}

function TemplateSettings({ answer: { body, etag } }: TemplateAnswer) {
  const t = useTexts(texts);
  const api = useApi();
  const path = { template: body.name };
  return (
    <>
      <Panel title={t('settings')}>
        <ResourceForm
          operation="updatePolicyTemplate"
          request={{ path }}
          initial={body}
          etag={etag}
          latest={() => api.call('getPolicyTemplate', { path })}
          need={OPERATORS}
          fields={[
            { name: 'display_name', kind: 'text', label: t('name'), help: t('name_help'), isRequired: true },
            { name: 'description', kind: 'textarea', label: t('description'), help: t('description_help') },
          ]}
          cli={(request) =>
            asCommand(['policy-templates', 'update', body.name], request.body as Record<string, unknown>)
          }
        />
      </Panel>
      <Panel title={t('what')}>
        <Facts
          facts={[
            [t('key'), <code key="key">{body.name}</code>],
            [t('created'), <Time key="created" value={body.created_at} />],
            [t('changed'), <Time key="changed" value={body.updated_at} />],
          ]}
        />
      </Panel>
      <DeleteTemplate template={body} etag={etag} />
    </>
  );
}

function DeleteTemplate(props: { readonly template: Schema<'PolicyTemplate'>; readonly etag: string | undefined }) {
  const { template, etag } = props;
  const t = useTexts(texts);
  const go = useGo();
  const { notify } = useNotices();
  const [isAsked, setAsked] = useState(false);
  const remove = useWrite('deletePolicyTemplate');
  const users = useRead('listTenants', { query: { policy_template: template.name, limit: 1 } }).data?.body.data ?? [];
  return (
    <>
      <DangerZone
        actions={[
          {
            title: t('delete_title'),
            text: t('delete_text'),
            action: (
              <ActionButton
                variant="outline"
                color="red"
                need={OPERATORS}
                because={users.length > 0 ? t('delete_used') : undefined}
                onClick={() => setAsked(true)}
              >
                {t('delete')}
              </ActionButton>
            ),
          },
        ]}
      />
      {isAsked && (
        <ConfirmDestroy
          title={t('delete_question', { name: template.display_name })}
          effects={[t('delete_effect', { count: Object.keys(template.policy).length })]}
          undo={t('delete_undo')}
          confirmLabel={t('delete')}
          onClose={() => setAsked(false)}
          onConfirm={async () => {
            await remove.mutateAsync({ path: { template: template.name }, ifMatch: etag ?? '*' });
            notify(t('deleted'));
            go('/templates');
          }}
        />
      )}
    </>
  );
}
