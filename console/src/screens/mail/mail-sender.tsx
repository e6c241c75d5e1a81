import { useRead } from '../../api/queries.js';
import { Facts, Panel, SkeletonLines } from '../../design/states.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { Link } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

/** Who mails come from: the branding first, except where the operator locked the policy. */
export function MailSender() {
  const t = useTexts(texts);
  const { tenant, at } = useTenant();
  const { data, error, refetch } = useRead('getTenant', { path: { tenant } });
  if (!data) {
    return error ? (
      <ProblemNotice error={error} onRetry={() => void refetch()} />
    ) : (
      <SkeletonLines lines={4} label={t('sender')} />
    );
  }
  const { branding, effective_policy: policy, display_name: name } = data.body;
  const soft = (text: string) => <span className="soft">{text}</span>;
  return (
    <Panel title={t('sender')} lead={t('sender_lead')}>
      <div className="stack">
        <Facts
          facts={[
            [t('from_name'), <bdi key="name">{branding.mail_from_name ?? policy.mail_from_name ?? name}</bdi>],
            [t('from'), branding.mail_from ?? policy.mail_from ?? soft(t('of_platform'))],
            [t('reply_to'), branding.mail_reply_to ?? policy.mail_reply_to ?? soft(t('to_sender'))],
            [
              t('limits'),
              t('limits_text', {
                recipient: policy.mail_recipient_hourly_limit,
                network: policy.mail_network_hourly_limit,
                tenant: policy.mail_tenant_hourly_limit,
              }),
            ],
          ]}
        />
        <p className="actions">
          <Link to={`${at('branding')}?tab=links`}>{t('change_sender')}</Link>
          <Link to={`${at('policies')}?search=mail_`}>{t('change_limits')}</Link>
        </p>
      </div>
    </Panel>
  );
}
