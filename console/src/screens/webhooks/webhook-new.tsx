import { useState } from 'react';
import { asCommand } from '../../api/command-text.js';
import type { AnswerOf } from '../../api/operation.js';
import { Panel } from '../../design/states.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceForm } from '../../kit/resource-form.js';
import { SecretOnce } from '../../kit/secret-once.js';
import { useGo } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { Receiver } from './receiver.js';
import { texts } from './texts.js';
import { useWebhookFields } from './webhook-fields.js';
import { WEBHOOK_WRITERS } from './webhook-status.js';

const NOTHING = { url: '', description: '', event_types: [] };

export function WebhookNew() {
  const t = useTexts(texts);
  const go = useGo();
  const { tenant, at } = useTenant();
  const fields = useWebhookFields(tenant);
  const [made, setMade] = useState<AnswerOf<'createWebhook'>>();
  const path = { tenant };
  return (
    <>
      <PageHead title={t('create')} lead={t('create_lead')} crumbs={[{ label: t('title'), to: at('webhooks') }]} />
      <Panel>
        <ResourceForm
          operation="createWebhook"
          request={{ path }}
          fields={fields}
          initial={NOTHING}
          need={WEBHOOK_WRITERS}
          submitLabel={t('create_button')}
          cli={({ body }) => {
            const { url, event_types: types, ...rest } = body as { url?: string; event_types?: string[] };
            const events = (types ?? []).flatMap((type) => ['--event', type]);
            return asCommand(['webhooks', 'create', tenant, url ?? 'https://…', ...events], rest);
          }}
          onSaved={setMade}
          onCancel={() => go(at('webhooks'))}
        />
      </Panel>
      {made && (
        <SecretOnce label={t('secret')} secret={made.secret} onClose={() => go(at('webhooks', made.id))}>
          <p>{t('secret_use')}</p>
          <Receiver />
        </SecretOnce>
      )}
    </>
  );
}
