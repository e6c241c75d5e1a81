import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { PageHead } from '../../kit/page-head.js';
import { ResourceList } from '../../kit/resource-list.js';
import { Link } from '../../shell/link.js';
import { usePermission } from '../../shell/permission.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { MailSender } from './mail-sender.js';
import { MailState } from './mail-state.js';
import { texts } from './texts.js';
import { TestMail } from './test-mail.js';

/** Mails change their state by themselves. */
const REREAD = 10_000;

export function MailList() {
  const t = useTexts(texts);
  const { tenant, at } = useTenant();
  const canSeeSender = usePermission()('tenants:read').allowed;
  return (
    <>
      <PageHead
        title={t('title')}
        lead={t('lead')}
        actions={
          <ActionButton variant="default" need="tenants:read" to={`${at('branding')}?tab=words&prefix=mail.`}>
            {t('edit_texts')}
          </ActionButton>
        }
      />
      <div className="page-body">
        {canSeeSender && <MailSender />}
        <TestMail />
        <h2>{t('outbox')}</h2>
        <ResourceList
          operation="listMail"
          request={{ path: { tenant } }}
          label={t('outbox')}
          refetchInterval={REREAD}
          rowKey={({ id }) => id}
          rowName={({ recipient }) => recipient}
          columns={[
            {
              id: 'recipient',
              label: t('recipient'),
              isPrimary: true,
              cell: ({ id, recipient, template }) => (
                <>
                  <Link className="row-link" to={at('mail', id)}>
                    <bdi>{recipient}</bdi>
                  </Link>
                  <span className="row-sub">
                    <code>{template}</code>
                  </span>
                </>
              ),
            },
            { id: 'state', label: t('state'), cell: ({ state }) => <MailState state={state} /> },
            { id: 'attempts', label: t('attempts'), isNumeric: true, cell: ({ attempts }) => attempts },
            {
              id: 'reply',
              label: t('reply'),
              cell: ({ reply }) => (reply === null ? <span className="soft">–</span> : <bdi>{reply}</bdi>),
            },
            { id: 'created', label: t('created'), cell: ({ created_at }) => <Time value={created_at} /> },
          ]}
          empty={{ icon: 'mail', title: t('empty_title'), text: t('empty_text') }}
          cli={['mail', 'list', tenant]}
        />
      </div>
    </>
  );
}
