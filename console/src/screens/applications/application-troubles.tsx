import type { Schema } from '../../api/operation.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import type { Trouble } from '../../kit/resource-page.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { CONSOLE_CLIENT, kindOf, usesSecret } from './application-kind.js';
import { texts } from './texts.js';

const SOON_MS = 30 * 24 * 3600 * 1000;

/** What is wrong with an application, the worst first. */
export function useApplicationTroubles(): (client: Schema<'Client'>) => readonly (Trouble | false | undefined)[] {
  const t = useTexts(texts);
  const { at } = useTenant();
  return (client) => {
    const secrets = client.client_secrets ?? [];
    const ending = secrets
      .flatMap(({ expires_at: ends }) => (ends === null ? [] : [ends]))
      .filter((ends) => Date.parse(ends) - Date.now() < SOON_MS)
      .sort()[0];
    const isForPeople = client.grant_types.includes('authorization_code');
    const tab = (id: string, label: string, need?: string) => (
      <ActionButton size="xs" variant="default" need={need} to={`${at('applications', client.client_id)}?tab=${id}`}>
        {label}
      </ActionButton>
    );
    return [
      client.client_id === CONSOLE_CLIENT && {
        tone: 'plain',
        title: t('trouble_console'),
        text: t('trouble_console_text'),
      },
      !client.enabled && { tone: 'danger', title: t('trouble_disabled'), text: t('trouble_disabled_text') },
      isForPeople &&
        client.redirect_uris.length === 0 && {
          tone: 'danger',
          title: t('trouble_redirects'),
          text: t('trouble_redirects_text'),
          action: tab('settings', t('add_redirect')),
        },
      usesSecret(client) &&
        client.client_secrets !== undefined &&
        secrets.length === 0 && {
          tone: 'danger',
          title: t('trouble_no_secret'),
          text: t('trouble_no_secret_text'),
          action: tab('secrets', t('to_secrets')),
        },
      ending !== undefined && {
        tone: Date.parse(ending) < Date.now() ? 'danger' : 'warn',
        title: t(Date.parse(ending) < Date.now() ? 'trouble_secret_ended' : 'trouble_secret_ends'),
        text: (
          <>
            {t('trouble_secret_text')} <Time value={ending} exact />
          </>
        ),
        action: tab('secrets', t('to_secrets')),
      },
      kindOf(client) === 'machine' &&
        client.permissions.length === 0 && {
          tone: 'warn',
          title: t('trouble_no_permission'),
          text: t('trouble_no_permission_text'),
          action: tab('permissions', t('to_permissions')),
        },
      client.grant_types.some((grant) => grant === 'implicit' || grant === 'password') && {
        tone: 'warn',
        title: t('trouble_old_grant'),
        text: t('trouble_old_grant_text'),
        action: tab('grants', t('to_grants')),
      },
      kindOf(client) !== 'native' &&
        client.redirect_uris.some((uri) => uri.startsWith('http:')) && {
          tone: 'plain',
          title: t('trouble_loopback'),
          text: t('trouble_loopback_text'),
        },
    ];
  };
}
