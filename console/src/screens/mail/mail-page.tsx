import { useParams } from '@tanstack/react-router';
import { Facts, Panel } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ResourcePage } from '../../kit/resource-page.js';
import { Link } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { MailState } from './mail-state.js';
import { texts } from './texts.js';

export function MailPage() {
  const t = useTexts(texts);
  const { tenant, at } = useTenant();
  const { mail = '' }: { readonly mail?: string } = useParams({ strict: false });
  return (
    <ResourcePage
      operation="getMail"
      request={{ path: { tenant, mail_id: mail } }}
      crumbs={[{ label: t('title'), to: at('mail') }]}
      head={({ recipient, state }) => ({
        title: t('mail_to', { recipient }),
        lead: t(`about_${state}`),
        badges: <MailState state={state} />,
      })}
      troubles={({ state, reply }) => [
        state === 'failed' && { tone: 'danger', title: t('failed_title'), text: reply ?? t('failed_text') },
      ]}
      tabs={[
        {
          id: 'mail',
          label: t('title'),
          content: ({ body }) => (
            <Panel title={t('what')} lead={t('what_lead')}>
              <Facts
                facts={[
                  [t('template'), <code key="template">{body.template}</code>],
                  [t('language'), body.locale],
                  [t('created'), <Time key="created" value={body.created_at} exact />],
                  [t('attempts'), String(body.attempts)],
                  body.reply !== null && [t('reply'), <bdi key="reply">{body.reply}</bdi>],
                  body.next_attempt_at !== null && [
                    t('next_attempt'),
                    <Time key="next" value={body.next_attempt_at} />,
                  ],
                  body.ended_at !== null && [t('ended'), <Time key="ended" value={body.ended_at} exact />],
                  body.user_id !== null && [
                    t('user'),
                    <Link key="user" to={at('users', body.user_id)}>
                      <code>{body.user_id}</code>
                    </Link>,
                  ],
                  [t('message_id'), <code key="id">{body.id}</code>],
                ]}
              />
            </Panel>
          ),
        },
      ]}
    />
  );
}
