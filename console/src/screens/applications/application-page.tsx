import { useParams } from '@tanstack/react-router';
import { useApi } from '../../api/api.js';
import type { Schema } from '../../api/operation.js';
import { useWrite } from '../../api/queries.js';
import { StateBadge } from '../../design/badge.js';
import { ActionButton } from '../../kit/action-button.js';
import { ResourcePage } from '../../kit/resource-page.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { ApplicationConnect } from './application-connect.js';
import { ApplicationConsents } from './application-consents.js';
import { ApplicationDanger } from './application-danger.js';
import { ApplicationFacts } from './application-facts.js';
import { ApplicationGrants } from './application-grants.js';
import { ApplicationKeys } from './application-keys.js';
import { ApplicationOwners } from './application-owners.js';
import { ApplicationPermissions } from './application-permissions.js';
import { ApplicationSecrets } from './application-secrets.js';
import { ApplicationSettings } from './application-settings.js';
import { ApplicationStatus } from './application-status.js';
import { CONSOLE_CLIENT, kindOf } from './application-kind.js';
import { ApplicationTokens } from './application-tokens.js';
import { useApplicationTroubles } from './application-troubles.js';
import { RedirectTester } from './redirect-tester.js';
import { texts } from './texts.js';

export function ApplicationPage() {
  const t = useTexts(texts);
  const api = useApi();
  const { tenant, at } = useTenant();
  const { client = '' }: { readonly client?: string } = useParams({ strict: false });
  const troublesOf = useApplicationTroubles();
  const path = { tenant, client_id: client };
  const latest = () => api.call('getClient', { path });
  return (
    <ResourcePage
      key={client}
      operation="getClient"
      request={{ path }}
      crumbs={[{ label: t('title'), to: at('applications') }]}
      head={(body) => ({
        title: body.client_name ?? body.client_id,
        badges: (
          <>
            <ApplicationStatus client={body} />
            <StateBadge tone="plain">{t(`kind_${kindOf(body)}`)}</StateBadge>
            {body.client_id === CONSOLE_CLIENT && <StateBadge tone="accent">{t('console_client')}</StateBadge>}
          </>
        ),
        actions: !body.enabled && <EnableButton client={body} />,
      })}
      troubles={troublesOf}
      tabs={[
        {
          id: 'overview',
          label: t('overview'),
          content: ({ body }) => (
            <>
              <ApplicationFacts client={body} />
              {body.client_id !== CONSOLE_CLIENT && <ApplicationConnect client={body} />}
            </>
          ),
        },
        {
          id: 'settings',
          label: t('settings'),
          content: ({ body, etag }) => (
            <>
              <ApplicationSettings client={body} etag={etag} latest={latest} />
              {body.response_types.length > 0 && <RedirectTester of={{ client: body.client_id }} />}
              <ApplicationDanger client={body} />
            </>
          ),
        },
        {
          id: 'grants',
          label: t('grants_and_pkce'),
          content: ({ body, etag }) => <ApplicationGrants client={body} etag={etag} latest={latest} />,
        },
        {
          id: 'permissions',
          label: t('permissions'),
          content: ({ body, etag }) => <ApplicationPermissions client={body} etag={etag} latest={latest} />,
        },
        { id: 'tokens', label: t('tokens'), content: ({ body }) => <ApplicationTokens client={body} /> },
        {
          id: 'secrets',
          label: t('secrets_and_keys'),
          content: ({ body, etag }) => (
            <>
              <ApplicationSecrets client={body} />
              <ApplicationKeys client={body} etag={etag} latest={latest} />
            </>
          ),
        },
        {
          id: 'consents',
          label: t('consents'),
          need: 'consents:read',
          content: ({ body }) => <ApplicationConsents client={body} />,
        },
        { id: 'owners', label: t('owners'), content: ({ body }) => <ApplicationOwners client={body} /> },
      ]}
    />
  );
}

export function EnableButton({ client }: { readonly client: Schema<'Client'> }) {
  const t = useTexts(texts);
  const { notify } = useNotices();
  const { tenant } = useTenant();
  const update = useWrite('updateClient');
  const enable = async () => {
    const path = { tenant, client_id: client.client_id };
    try {
      await update.mutateAsync({ path, body: { enabled: true }, ifMatch: '*' });
      notify(t('enabled_again'));
    } catch (error) {
      notify((error as Error).message);
    }
  };
  return (
    <ActionButton need="clients:write" loading={update.isPending} onClick={() => void enable()}>
      {t('enable')}
    </ActionButton>
  );
}
