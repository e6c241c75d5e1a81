import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../api/api.js';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { readAnew } from '../../api/query-client.js';
import { Panel } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { SecretOnce } from '../../kit/secret-once.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';
import { WEBHOOK_WRITERS } from './webhook-status.js';

const DEFAULT_HOURS = 24;
const MOST_HOURS = 168;

export function WebhookSecret({ webhook }: { readonly webhook: Schema<'Webhook'> }) {
  const t = useTexts(texts);
  const api = useApi();
  const queries = useQueryClient();
  const { tenant } = useTenant();
  const [isAsked, setAsked] = useState(false);
  const [hours, setHours] = useState(DEFAULT_HOURS);
  const [secret, setSecret] = useState<string>();
  const request = () => ({ path: { tenant, webhook_id: webhook.id }, body: { overlap_hours: hours } });
  const until = webhook.previous_secret_until;
  const isOverlapping = until !== null && new Date(until) > new Date();
  return (
    <Panel title={t('secret')} lead={t('secret_lead')}>
      <div className="stack">
        {isOverlapping && (
          <p>
            {t('overlap_until')} <Time value={until} exact />
          </p>
        )}
        <div className="actions">
          <ActionButton need={WEBHOOK_WRITERS} onClick={() => setAsked(true)}>
            {t('rotate')}
          </ActionButton>
          <CodeCopy
            operation="rotateWebhookSecret"
            request={request}
            cli={() => asCommand(['webhooks', 'rotate-secret', tenant, webhook.id, '--overlap', String(hours)])}
          />
        </div>
      </div>
      {isAsked && (
        <ConfirmDestroy
          title={t('rotate_question')}
          effects={[hours === 0 ? t('rotate_effect_now') : t('rotate_effect', { hours })]}
          confirmLabel={t('rotate')}
          onClose={() => setAsked(false)}
          onConfirm={async () => {
            const { body } = await api.call('rotateWebhookSecret', request());
            setSecret(body.secret);
            await readAnew(queries);
          }}
        >
          <NumberInput
            label={t('overlap')}
            description={t('overlap_help')}
            value={hours}
            min={0}
            max={MOST_HOURS}
            allowDecimal={false}
            onChange={(value) => setHours(typeof value === 'number' ? value : DEFAULT_HOURS)}
          />
        </ConfirmDestroy>
      )}
      {secret !== undefined && (
        <SecretOnce label={t('secret')} secret={secret} onClose={() => setSecret(undefined)}>
          <p>{t('secret_use')}</p>
        </SecretOnce>
      )}
    </Panel>
  );
}
