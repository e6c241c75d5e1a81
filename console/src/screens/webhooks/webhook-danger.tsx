import { useState } from 'react';
import type { Schema } from '../../api/operation.js';
import { useRead, useWrite } from '../../api/queries.js';
import { ActionButton } from '../../kit/action-button.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { DangerZone } from '../../kit/danger-zone.js';
import { useGo } from '../../shell/link.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';
import { WEBHOOK_WRITERS } from './webhook-status.js';

const COUNTED = 100;

/** Disabling and deleting, with what would not be sent any more. */
export function WebhookDanger({ webhook }: { readonly webhook: Schema<'Webhook'> }) {
  const t = useTexts(texts);
  const go = useGo();
  const { notify } = useNotices();
  const { tenant, at } = useTenant();
  const [asked, setAsked] = useState<'disable' | 'delete'>();
  const update = useWrite('updateWebhook');
  const remove = useWrite('deleteWebhook');
  const path = { tenant, webhook_id: webhook.id };
  const query = { state: 'queued', limit: COUNTED } as const;
  const waiting = useRead('listWebhookDeliveries', { path, query }, { enabled: asked !== undefined }).data?.body;
  const lost = waiting
    ? [t(waiting.page.has_more ? 'delete_effect_many' : 'delete_effect_count', { count: waiting.data.length })]
    : [];
  return (
    <>
      <DangerZone
        actions={[
          webhook.enabled && {
            title: t('disable_title'),
            text: t('disable_effect'),
            action: (
              <ActionButton variant="outline" color="red" need={WEBHOOK_WRITERS} onClick={() => setAsked('disable')}>
                {t('disable')}
              </ActionButton>
            ),
          },
          {
            title: t('delete_title'),
            text: t('delete_text'),
            action: (
              <ActionButton variant="outline" color="red" need="webhooks:write" onClick={() => setAsked('delete')}>
                {t('delete')}
              </ActionButton>
            ),
          },
        ]}
      />
      {asked === 'disable' && (
        <ConfirmDestroy
          title={t('disable_title')}
          effects={[t('disable_effect')]}
          undo={t('disable_undo')}
          confirmLabel={t('disable')}
          onClose={() => setAsked(undefined)}
          onConfirm={() => update.mutateAsync({ path, body: { enabled: false }, ifMatch: '*' })}
        />
      )}
      {asked === 'delete' && (
        <ConfirmDestroy
          title={t('delete_title')}
          effects={[t('delete_effect', { url: webhook.url }), ...lost]}
          undo={t('delete_undo')}
          confirmLabel={t('delete')}
          onClose={() => setAsked(undefined)}
          onConfirm={async () => {
            await remove.mutateAsync({ path, ifMatch: '*' });
            notify(t('deleted'));
            go(at('webhooks'), { replace: true });
          }}
        />
      )}
    </>
  );
}
