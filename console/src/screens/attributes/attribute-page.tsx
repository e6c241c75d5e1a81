import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useApi } from '../../api/api.js';
import type { Schema } from '../../api/operation.js';
import { useRead, useWrite } from '../../api/queries.js';
import { Panel } from '../../design/states.js';
import { ActionButton } from '../../kit/action-button.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { DangerZone } from '../../kit/danger-zone.js';
import { ResourcePage } from '../../kit/resource-page.js';
import { useGo } from '../../shell/link.js';
import { useNotices } from '../../shell/notices.js';
import { usePermission } from '../../shell/permission.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useLanguage, useTexts } from '../../texts/texts.js';
import { labelIn } from '../users/attribute-fields.js';
import { AttributeForm } from './attribute-form.js';
import { texts } from './texts.js';

export function AttributePage() {
  const t = useTexts(texts);
  const api = useApi();
  const { language } = useLanguage();
  const { tenant, at } = useTenant();
  const { attribute: name = '' }: { readonly attribute?: string } = useParams({ strict: false });
  const path = { tenant, attribute: name };
  return (
    <ResourcePage
      operation="getUserAttribute"
      request={{ path }}
      crumbs={[{ label: t('title'), to: at('attributes') }]}
      head={(attribute) => ({
        title: labelIn(attribute.labels, language) ?? attribute.name,
        badges: <code>{attribute.name}</code>,
        lead: t(`type_${attribute.type}`),
      })}
      troubles={(attribute) => [
        attribute.editable_by.length === 0 && { tone: 'plain', title: t('frozen_title'), text: t('frozen_text') },
        attribute.claim !== null &&
          attribute.readable_by.length === 0 && { tone: 'warn', title: t('unseen_title'), text: t('unseen_text') },
      ]}
      tabs={[
        {
          id: 'definition',
          label: t('definition'),
          content: ({ body, etag }) => (
            <>
              <Panel title={t('definition')} lead={t('definition_lead')}>
                <AttributeForm
                  attribute={body}
                  etag={etag}
                  latest={() => api.call('getUserAttribute', { path })}
                  onSaved={() => undefined}
                />
              </Panel>
              <AttributeDanger attribute={body} />
            </>
          ),
        },
      ]}
    />
  );
}

function AttributeDanger({ attribute }: { readonly attribute: Schema<'UserAttribute'> }) {
  const t = useTexts(texts);
  const { notify } = useNotices();
  const go = useGo();
  const { tenant, at } = useTenant();
  const canSeeUsers = usePermission()('users:read').allowed;
  const [isAsked, setAsked] = useState(false);
  const request = { path: { tenant }, query: { limit: 1, total: true } };
  const users = useRead('listUsers', request, { enabled: canSeeUsers && isAsked }).data?.body.page.estimated_total;
  const remove = useWrite('deleteUserAttribute');
  return (
    <>
      <DangerZone
        actions={[
          {
            title: t('delete_title'),
            text: t('delete_text'),
            action: (
              <ActionButton variant="outline" color="red" need="tenants:write" onClick={() => setAsked(true)}>
                {t('delete')}
              </ActionButton>
            ),
          },
        ]}
      />
      {isAsked && (
        <ConfirmDestroy
          title={t('delete_question', { name: attribute.name })}
          effects={[
            users === undefined ? t('delete_effect') : t('delete_effect_users', { count: users }),
            ...(attribute.claim === null ? [] : [t('delete_effect_claim', { claim: attribute.claim.name })]),
          ]}
          undo={t('delete_undo')}
          confirmLabel={t('delete')}
          typeName={attribute.name}
          onClose={() => setAsked(false)}
          onConfirm={async () => {
            await remove.mutateAsync({ path: { tenant, attribute: attribute.name }, ifMatch: '*' });
            notify(t('deleted', { name: attribute.name }));
            go(at('attributes'));
          }}
        />
      )}
    </>
  );
}
