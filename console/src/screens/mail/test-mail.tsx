import { useState } from 'react';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { Panel } from '../../design/states.js';
import { Icon } from '../../design/icon.js';
import { ResourceForm } from '../../kit/resource-form.js';
import { useUser } from '../../shell/session.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { MailState } from './mail-state.js';
import { texts } from './texts.js';

const LANGUAGES = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
  { value: 'fr', label: 'Français' },
  { value: 'es', label: 'Español' },
  { value: 'ar', label: 'العربية' },
];
const TONES = { queued: 'plain', kept: 'plain', sent: 'good', failed: 'danger' } as const;

/** A mail that says whether mails arrive, and what the mail server said. */
export function TestMail() {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const user = useUser();
  const [sent, setSent] = useState<Schema<'Mail'>>();
  return (
    <Panel title={t('test')} lead={t('test_lead')}>
      <div className="stack">
        <ResourceForm
          operation="sendTestMail"
          request={{ path: { tenant } }}
          need="users:write"
          initial={{ to: user.email ?? '' }}
          submitLabel={t('send')}
          fields={[
            { name: 'to', kind: 'email', label: t('to'), isRequired: true, autoComplete: 'email' },
            { name: 'locale', kind: 'select', label: t('language'), options: LANGUAGES, noneLabel: t('own_language') },
          ]}
          cli={({ body }) => asCommand(['mail', 'test', tenant, String((body as { readonly to?: string }).to ?? '')])}
          onSaved={setSent}
        />
        {sent && (
          <div className="notice" data-tone={TONES[sent.state]} role="status">
            <Icon name="mail" />
            <div>
              <p className="notice-title">
                {t('result')} <MailState state={sent.state} />
              </p>
              <p>{t(`about_${sent.state}`)}</p>
              {sent.reply !== null && (
                <p>
                  {t('reply')}: <bdi>{sent.reply}</bdi>
                </p>
              )}
            </div>
          </div>
        )}
      </div>
    </Panel>
  );
}
