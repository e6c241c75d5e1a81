import { useState } from 'react';
import { asCommand } from '../../api/command-text.js';
import type { AnswerOf } from '../../api/operation.js';
import { Panel } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceForm } from '../../kit/resource-form.js';
import { SecretOnce } from '../../kit/secret-once.js';
import { useGo } from '../../shell/link.js';
import { usePermission } from '../../shell/permission.js';
import type { SetupPurpose } from '../../shell/session.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { LOCALES } from '../branding/locales.js';
import { texts } from './texts.js';

const DAY_SECONDS = 86_400;
const WEEK = 7;
const MONTH = 30;
/** What it takes to make a link for each. */
const NEEDS: Readonly<Record<SetupPurpose, string>> = { verify_domain: 'tenants:write', brand: 'branding:write' };
const PURPOSES = Object.keys(NEEDS) as readonly SetupPurpose[];

export function SetupLinkNew() {
  const t = useTexts(texts);
  const go = useGo();
  const permission = usePermission();
  const { tenant, at } = useTenant();
  const [made, setMade] = useState<AnswerOf<'createSetupLink'>>();
  const path = { tenant };
  const allowed = PURPOSES.filter((purpose) => permission(NEEDS[purpose]).allowed);
  return (
    <>
      <PageHead title={t('create')} lead={t('create_lead')} crumbs={[{ label: t('title'), to: at('setup-links') }]} />
      <Panel>
        <ResourceForm
          operation="createSetupLink"
          request={{ path }}
          initial={{ purposes: allowed.slice(0, 1), days: WEEK, single_use: false }}
          need="branding:write"
          submitLabel={t('submit')}
          fields={[
            {
              name: 'purposes',
              kind: 'multiselect',
              label: t('purposes'),
              help: t('purposes_help'),
              isRequired: true,
              options: allowed.map((value) => ({ value, label: t(value) })),
            },
            { name: 'note', kind: 'text', label: t('for'), help: t('for_help'), maxLength: 200 },
            { name: 'days', kind: 'number', label: t('days'), unit: t('days_unit'), min: 1, max: MONTH },
            { name: 'single_use', kind: 'switch', label: t('single_use'), help: t('single_use_help') },
            { name: 'email', kind: 'email', label: t('email'), help: t('email_help') },
            {
              name: 'locale',
              kind: 'select',
              label: t('locale'),
              noneLabel: t('locale_default'),
              options: LOCALES,
              when: ({ email }) => typeof email === 'string' && email !== '',
            },
          ]}
          toBody={({ days, ...body }) => ({
            ...body,
            ...(typeof days === 'number' && days !== WEEK && { expires_in_seconds: days * DAY_SECONDS }),
          })}
          cli={({ body }) => commandOf(tenant, body as Readonly<Record<string, unknown>>)}
          onSaved={setMade}
          onCancel={() => go(at('setup-links'))}
        />
      </Panel>
      {made && (
        <SecretOnce label={t('url')} secret={made.url} onClose={() => go(at('setup-links', made.id))}>
          <p>
            {t(made.email === null ? 'url_send' : 'url_mailed')} {t('url_until')} <Time value={made.expires_at} exact />
          </p>
        </SecretOnce>
      )}
    </>
  );
}

function commandOf(tenant: string, { purposes, ...members }: Readonly<Record<string, unknown>>): string {
  const names = Array.isArray(purposes) ? (purposes as readonly string[]) : [];
  return asCommand(['setup-links', 'create', tenant, '--purposes', ...names], members);
}
