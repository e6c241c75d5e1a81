import { Select, TextInput } from '@mantine/core';
import type { Schema } from '../../api/operation.js';
import { Panel } from '../../design/states.js';
import { useTexts } from '../../texts/texts.js';
import { LOCALES } from './locales.js';
import { texts } from './texts.js';
import type { Draft } from './use-draft.js';

const LINKS = ['privacy_uri', 'terms_uri', 'support_uri', 'password_reset_uri'] as const;
const SENDER = ['mail_from_name', 'mail_from', 'mail_reply_to'] as const;

function textOf(draft: Draft, name: string): string {
  const value = draft.values[name];
  return typeof value === 'string' ? value : '';
}

export function LinkFields({ draft }: { readonly draft: Draft }) {
  const t = useTexts(texts);
  return (
    <Panel title={t('links')} lead={t('links_lead')}>
      <div className="stack">
        {LINKS.map((link) => (
          <TextInput
            key={link}
            type="url"
            label={t(link)}
            description={t(`${link}_help`)}
            placeholder="https://"
            value={textOf(draft, `branding/${link}`)}
            error={draft.errors[`branding/${link}`]}
            onChange={(event) => draft.change(`branding/${link}`, event.currentTarget.value)}
          />
        ))}
        <Select
          label={t('default_locale')}
          description={t('default_locale_help')}
          value={textOf(draft, 'branding/default_locale')}
          data={[{ value: '', label: t('platform_language') }, ...LOCALES]}
          allowDeselect={false}
          error={draft.errors['branding/default_locale']}
          onChange={(next) => draft.change('branding/default_locale', next)}
        />
      </div>
    </Panel>
  );
}

/** Who mails come from. What the operator locked in the policy holds all the same. */
export function SenderFields({ draft, tenant }: { readonly draft: Draft; readonly tenant: Schema<'Tenant'> }) {
  const t = useTexts(texts);
  const inherited = (member: (typeof SENDER)[number]) =>
    tenant.effective_policy[member] ?? (member === 'mail_from_name' ? tenant.display_name : undefined);
  return (
    <Panel title={t('sender')} lead={t('sender_lead')}>
      <div className="stack">
        {SENDER.map((member) => (
          <TextInput
            key={member}
            type={member === 'mail_from_name' ? 'text' : 'email'}
            label={t(member)}
            description={t(`${member}_help`)}
            placeholder={inherited(member)}
            value={textOf(draft, `branding/${member}`)}
            error={draft.errors[`branding/${member}`]}
            onChange={(event) => draft.change(`branding/${member}`, event.currentTarget.value)}
          />
        ))}
      </div>
    </Panel>
  );
}
