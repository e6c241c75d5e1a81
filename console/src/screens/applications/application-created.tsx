import type { Schema } from '../../api/operation.js';
import { CopyField } from '../../design/copy.js';
import { Icon } from '../../design/icon.js';
import { ActionButton } from '../../kit/action-button.js';
import { PageHead } from '../../kit/page-head.js';
import { useSharedTexts, useTexts } from '../../texts/texts.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { ApplicationConnect } from './application-connect.js';
import type { Kind } from './application-kind.js';
import { Warnings } from './warnings.js';
import { texts } from './texts.js';

interface ApplicationCreatedProps {
  readonly client: Schema<'CreatedClient'>;
  readonly kind: Kind;
}

/** A new application: its secret, this once, and code that works with it. */
export function ApplicationCreated({ client, kind }: ApplicationCreatedProps) {
  const t = useTexts(texts);
  const shared = useSharedTexts();
  const { at } = useTenant();
  const { client_id: id, client_name: name, client_secret: secret } = client;
  const crumbs = [{ label: t('title'), to: at('applications') }];
  return (
    <>
      <PageHead
        title={t('created_title', { name: name ?? id })}
        lead={t(kind === 'product' ? 'created_lead_product' : 'created_lead')}
        crumbs={crumbs}
      />
      <div className="page-body">
        {client.warnings && <Warnings warnings={client.warnings} />}
        {secret !== undefined && (
          <div className="notice" data-tone="warn" role="status">
            <Icon name="key" />
            <div className="stack">
              <div>
                <p className="notice-title">{shared('secret.title')}</p>
                <p>{t('secret_once_text')}</p>
              </div>
              <CopyField label={t('client_secret')} value={secret} />
            </div>
          </div>
        )}
        <ApplicationConnect client={client} isProduct={kind === 'product'} />
        <div>
          <ActionButton to={at('applications', id)}>
            {secret === undefined ? t('to_application') : t('secret_kept')}
          </ActionButton>
        </div>
      </div>
    </>
  );
}
