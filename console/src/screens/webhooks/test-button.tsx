import { Modal } from '@mantine/core';
import { useState } from 'react';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { useWrite } from '../../api/queries.js';
import { StateBadge } from '../../design/badge.js';
import { Facts } from '../../design/states.js';
import { ActionButton } from '../../kit/action-button.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useSharedTexts, useTexts } from '../../texts/texts.js';
import { DELIVERY_TONES } from './deliveries.js';
import { texts } from './texts.js';
import { WEBHOOK_WRITERS } from './webhook-status.js';

/** Sends a test message now, and shows what the receiver said. */
export function TestButton({ webhook }: { readonly webhook: Schema<'Webhook'> }) {
  const t = useTexts(texts);
  const shared = useSharedTexts();
  const { tenant } = useTenant();
  const test = useWrite('testWebhook');
  const [answer, setAnswer] = useState<Schema<'WebhookDelivery'>>();
  const [failure, setFailure] = useState<Error>();
  const path = { tenant, webhook_id: webhook.id };
  const close = () => {
    setAnswer(undefined);
    setFailure(undefined);
  };
  const send = async () => {
    close();
    try {
      setAnswer((await test.mutateAsync({ path })).body);
    } catch (error) {
      setFailure(error as Error);
    }
  };
  return (
    <>
      <ActionButton variant="default" need={WEBHOOK_WRITERS} loading={test.isPending} onClick={() => void send()}>
        {t('test')}
      </ActionButton>
      <Modal
        opened={answer !== undefined || failure !== undefined}
        onClose={close}
        title={<strong>{t('test_title')}</strong>}
        closeButtonProps={{ 'aria-label': shared('action.close') }}
      >
        <div className="stack">
          {failure && <ProblemNotice error={failure} onRetry={() => void send()} />}
          {answer && (
            <>
              <p>{t(`test_${answer.state}`)}</p>
              <Facts
                facts={[
                  [
                    t('state'),
                    <StateBadge key="state" tone={DELIVERY_TONES[answer.state]}>
                      {t(answer.state)}
                    </StateBadge>,
                  ],
                  answer.status !== null && [t('answer'), `HTTP ${String(answer.status)}`],
                  answer.error !== null && [t('error'), <bdi key="error">{answer.error}</bdi>],
                ]}
              />
            </>
          )}
          <div className="actions">
            <CodeCopy
              operation="testWebhook"
              request={() => ({ path })}
              cli={() => asCommand(['webhooks', 'test', tenant, webhook.id])}
            />
          </div>
        </div>
      </Modal>
    </>
  );
}
