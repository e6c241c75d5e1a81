import { useParams } from '@tanstack/react-router';
import type { Schema } from '../../api/operation.js';
import { StateBadge } from '../../design/badge.js';
import { CopyButton } from '../../design/copy.js';
import { Facts, Panel } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { ResourcePage } from '../../kit/resource-page.js';
import { Link } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { InvitationActions } from './invitation-actions.js';
import { InvitationStatus } from './invitation-status.js';
import { texts } from './texts.js';

export function InvitationPage() {
  const t = useTexts(texts);
  const { tenant, at } = useTenant();
  const { invitation: id = '' }: { readonly invitation?: string } = useParams({ strict: false });
  return (
    <ResourcePage
      operation="getInvitation"
      request={{ path: { tenant, invitation_id: id } }}
      crumbs={[{ label: t('title'), to: at('invitations') }]}
      head={(invitation) => ({
        title: invitation.email,
        badges: <InvitationStatus status={invitation.status} />,
        actions: <InvitationActions invitation={invitation} />,
      })}
      troubles={(invitation) => [
        invitation.status === 'pending' && {
          tone: 'plain',
          title: t('pending_title'),
          text: (
            <>
              {t('pending_text')} <Time value={invitation.expires_at} exact />
            </>
          ),
        },
        invitation.status === 'expired' && { tone: 'warn', title: t('expired_title'), text: t('expired_text') },
      ]}
      tabs={[{ id: 'facts', label: t('facts'), content: ({ body }) => <InvitationFacts invitation={body} /> }]}
    />
  );
}

function InvitationFacts({ invitation }: { readonly invitation: Schema<'Invitation'> }) {
  const t = useTexts(texts);
  const { tenant, at } = useTenant();
  const { id, name, username, roles, locale, sent_at, accepted_at, withdrawn_at, user_id, created_at } = invitation;
  return (
    <Panel
      title={t('facts')}
      actions={
        <CodeCopy
          operation="resendInvitation"
          request={() => ({ path: { tenant, invitation_id: id }, ifMatch: '*' })}
          cli={() => `npx tenantry invitations resend ${tenant} ${id}`}
        />
      }
    >
      <Facts
        facts={[
          name !== null && [t('name'), <bdi key="name">{name}</bdi>],
          username !== null && [t('username'), <bdi key="username">{username}</bdi>],
          [
            t('roles'),
            roles.length === 0 ? (
              <span className="soft">{t('no_roles')}</span>
            ) : (
              <span className="actions" key="roles">
                {roles.map((role) => (
                  <StateBadge tone={role === 'owner' ? 'accent' : 'plain'} key={role}>
                    <bdi>{role}</bdi>
                  </StateBadge>
                ))}
              </span>
            ),
          ],
          locale !== null && [t('locale'), locale],
          [t('created'), <Time key="created" value={created_at} />],
          [t('sent'), <Time key="sent" value={sent_at} />],
          accepted_at !== null && [t('accepted'), <Time key="accepted" value={accepted_at} />],
          withdrawn_at !== null && [t('withdrawn'), <Time key="withdrawn" value={withdrawn_at} />],
          user_id !== null && [
            t('account'),
            <Link key="account" to={at('users', user_id)}>
              {t('to_account')}
            </Link>,
          ],
          [
            t('id'),
            <span className="copy-value" key="id">
              <code>{id}</code>
              <CopyButton text={id} what={t('id')} />
            </span>,
          ],
        ]}
      />
    </Panel>
  );
}
