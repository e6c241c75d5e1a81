import { useState } from 'react';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { useRead, useWrite } from '../../api/queries.js';
import { ActionButton } from '../../kit/action-button.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { DangerZone } from '../../kit/danger-zone.js';
import { useGo } from '../../shell/link.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

interface DomainDangerProps {
  readonly domain: Schema<'Domain'>;
  readonly etag: string | undefined;
}

/** Deleting a domain, with who signs in there. */
export function DomainDanger({ domain, etag }: DomainDangerProps) {
  const t = useTexts(texts);
  const go = useGo();
  const { tenant, at } = useTenant();
  const { notify } = useNotices();
  const [isAsked, setAsked] = useState(false);
  const remove = useWrite('deleteDomain');
  const path = { tenant, domain: domain.domain };
  const used = useRead('getQuotas', { path: { tenant } }).data?.body.used;
  const isVerified = domain.status === 'verified';
  const effects = isVerified
    ? [
        t('delete_effect_issuer'),
        ...(used ? [t('delete_effect_counts', { users: used.users, clients: used.clients })] : []),
        t('delete_effect_passkeys'),
        ...(domain.primary ? [t('delete_effect_primary')] : []),
      ]
    : [t('delete_effect_pending')];
  return (
    <>
      <DangerZone
        actions={[
          {
            title: t('delete_title'),
            text: t(isVerified ? 'delete_text' : 'delete_effect_pending'),
            action: (
              <div className="actions">
                <CodeCopy
                  operation="deleteDomain"
                  request={() => ({ path, ifMatch: etag ?? '*' })}
                  cli={() => asCommand(['domains', 'delete', tenant, domain.domain, '--yes'])}
                />
                <ActionButton variant="outline" color="red" need="tenants:write" onClick={() => setAsked(true)}>
                  {t('delete')}
                </ActionButton>
              </div>
            ),
          },
        ]}
      />
      {isAsked && (
        <ConfirmDestroy
          title={t('delete_question', { name: domain.domain })}
          effects={effects}
          undo={t('delete_undo')}
          confirmLabel={t('delete')}
          {...(isVerified && { typeName: domain.domain })}
          onClose={() => setAsked(false)}
          onConfirm={async () => {
            await remove.mutateAsync({ path, ifMatch: etag ?? '*' });
            notify(t('deleted'));
            go(at('domains'));
          }}
        />
      )}
    </>
  );
}
