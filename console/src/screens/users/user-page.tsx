import { useParams } from '@tanstack/react-router';
import type { Schema } from '../../api/operation.js';
import { useWrite } from '../../api/queries.js';
import { StateBadge } from '../../design/badge.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { ResourcePage } from '../../kit/resource-page.js';
import { useNotices } from '../../shell/notices.js';
import { useUser } from '../../shell/session.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { useRecoverNeed } from './recover.js';
import { texts } from './texts.js';
import { UserAccess } from './user-access.js';
import { UserConsents } from './user-consents.js';
import { UserDanger } from './user-danger.js';
import { UserEvents } from './user-events.js';
import { UserProfile } from './user-profile.js';
import { UserSessions } from './user-sessions.js';
import { UserSignIn } from './user-sign-in.js';
import { UserState, nameOf } from './user-state.js';

export function UserPage() {
  const t = useTexts(texts);
  const { tenant, at } = useTenant();
  const own = useUser();
  const { user: id = '' }: { readonly user?: string } = useParams({ strict: false });
  return (
    <ResourcePage
      operation="getUser"
      request={{ path: { tenant, user_id: id } }}
      crumbs={[{ label: t('title'), to: at('users') }]}
      head={(user) => ({
        title: nameOf(user),
        lead: <About user={user} />,
        badges: (
          <>
            <UserState user={user} />
            {user.tenant_admin && <StateBadge tone="accent">{t('owner')}</StateBadge>}
            {user.id === own.id && <StateBadge tone="plain">{t('you')}</StateBadge>}
          </>
        ),
      })}
      troubles={(user) => [
        user.deletion_scheduled_for !== undefined && {
          tone: 'danger',
          title: t('deletion_title'),
          text: (
            <>
              {t('deletion_text')} <Time value={user.deletion_scheduled_for} exact />
            </>
          ),
          action: <KeepButton user={user} />,
        },
        !user.enabled && {
          tone: 'warn',
          title: t('disabled_title'),
          text: t('disabled_text'),
          action: <EnableButton user={user} />,
        },
        user.must_change_password && { tone: 'plain', title: t('must_change_title'), text: t('must_change_text') },
      ]}
      tabs={[
        { id: 'profile', label: t('tab_profile'), content: (one) => <UserProfile user={one.body} etag={one.etag} /> },
        { id: 'sign-in', label: t('tab_sign_in'), content: ({ body }) => <UserSignIn user={body} /> },
        { id: 'sessions', label: t('tab_sessions'), content: ({ body }) => <UserSessions user={body} /> },
        {
          id: 'consents',
          label: t('tab_consents'),
          need: 'consents:read',
          content: ({ body }) => <UserConsents user={body} />,
        },
        { id: 'access', label: t('tab_access'), content: ({ body }) => <UserAccess user={body} /> },
        {
          id: 'events',
          label: t('tab_events'),
          need: 'audit:read',
          content: ({ body }) => <UserEvents userId={body.id} />,
        },
        { id: 'danger', label: t('tab_danger'), content: ({ body }) => <UserDanger user={body} /> },
      ]}
    />
  );
}

function About({ user: { name, username, email } }: { readonly user: Schema<'User'> }) {
  const parts = [...new Set([name === undefined ? undefined : username, email ?? undefined])];
  return parts
    .filter((part) => part !== undefined)
    .map((part, at) => (
      <span key={part}>
        {at > 0 && ' · '}
        <bdi>{part}</bdi>
      </span>
    ));
}

function EnableButton({ user }: { readonly user: Schema<'User'> }) {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const { notify } = useNotices();
  const update = useWrite('updateUser');
  const press = async () => {
    await update.mutateAsync({ path: { tenant, user_id: user.id }, body: { enabled: true }, ifMatch: '*' });
    notify(t('enabled_again'));
  };
  return (
    <ActionButton variant="default" need="users:write" loading={update.isPending} onClick={() => void press()}>
      {t('enable')}
    </ActionButton>
  );
}

function KeepButton({ user }: { readonly user: Schema<'User'> }) {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const { notify } = useNotices();
  const need = useRecoverNeed();
  const withdraw = useWrite('withdrawUserDeletion');
  const press = async () => {
    await withdraw.mutateAsync({ path: { tenant, user_id: user.id } });
    notify(t('kept'));
  };
  return (
    <ActionButton variant="default" need={need} loading={withdraw.isPending} onClick={() => void press()}>
      {t('keep')}
    </ActionButton>
  );
}
