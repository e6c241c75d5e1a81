import { asCommand } from '../../api/command-text.js';
import { useRead } from '../../api/queries.js';
import { Panel } from '../../design/states.js';
import type { Field } from '../../kit/form-field.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceForm } from '../../kit/resource-form.js';
import { Troubles } from '../../kit/resource-page.js';
import { useGo } from '../../shell/link.js';
import { usePermission } from '../../shell/permission.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { useRoleWords } from '../roles/role-words.js';
import { texts } from './texts.js';

const ALL = 100;
const DAY_SECONDS = 86_400;
const WEEK = 7;
/** Languages of mails, in their own words. */
const LOCALES = { en: 'English', de: 'Deutsch', fr: 'Français', es: 'Español', ar: 'العربية' } as const;

export function InvitationNew() {
  const t = useTexts(texts);
  const { nameOf } = useRoleWords();
  const go = useGo();
  const permission = usePermission();
  const { tenant, at } = useTenant();
  const path = { tenant };
  const canSeeRoles = permission('roles:read').allowed;
  const roles = useRead('listRoles', { path, query: { limit: ALL } }, { enabled: canSeeRoles }).data?.body.data ?? [];
  const canSeePolicy = permission('tenants:read').allowed;
  const policy = useRead('getTenant', { path }, { enabled: canSeePolicy }).data?.body.effective_policy;
  const fields: readonly Field[] = [
    { name: 'email', kind: 'email', label: t('email'), help: t('email_help'), isRequired: true },
    { name: 'name', kind: 'text', label: t('name'), help: t('name_help') },
    { name: 'username', kind: 'text', label: t('username'), help: t('username_help') },
    {
      name: 'roles',
      kind: 'multiselect',
      label: t('roles'),
      help: t('roles_help'),
      options: roles.map((role) => ({ value: role.name, label: nameOf(role) })),
      when: () => roles.length > 0,
    },
    {
      name: 'locale',
      kind: 'select',
      label: t('locale'),
      noneLabel: t('locale_default'),
      options: Object.entries(LOCALES).map(([value, label]) => ({ value, label })),
    },
    { name: 'days', kind: 'number', label: t('days'), unit: t('days_unit'), min: 1, max: 30 },
  ];
  return (
    <>
      <PageHead title={t('create')} lead={t('create_lead')} crumbs={[{ label: t('title'), to: at('invitations') }]} />
      <div className="page-body">
        <Troubles
          troubles={[
            policy?.sign_up === 'closed' && { tone: 'warn', title: t('closed_title'), text: t('closed_text') },
          ]}
        />
        <Panel>
          <ResourceForm
            operation="createInvitation"
            request={{ path }}
            initial={{ days: WEEK }}
            need="users:write"
            submitLabel={t('submit')}
            fields={fields}
            toBody={({ days, ...body }) => ({
              ...body,
              ...(typeof days === 'number' && days !== WEEK && { expires_in_seconds: days * DAY_SECONDS }),
            })}
            cli={({ body }) => commandOf(tenant, body as Readonly<Record<string, unknown>>)}
            onSaved={({ id }) => go(at('invitations', id))}
            onCancel={() => go(at('invitations'))}
          />
        </Panel>
      </div>
    </>
  );
}

function commandOf(tenant: string, { email, ...members }: Readonly<Record<string, unknown>>): string {
  return asCommand(['invitations', 'create', tenant, typeof email === 'string' ? email : ''], members);
}
