import { Switch } from '@mantine/core';
import { useSession } from '../../shell/session.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useUrlState } from '../../shell/url-state.js';
import { useTexts } from '../../texts/texts.js';
import { Link } from '../../shell/link.js';
import { PageHead } from '../../kit/page-head.js';
import { AuditChain } from './audit-chain.js';
import { AuditList } from './audit-list.js';
import { LivePanel } from './live-panel.js';
import { texts } from './texts.js';

const PARTS = ['events', 'chain'] as const;

export function AuditPage() {
  const t = useTexts(texts);
  const [url, setUrl] = useUrlState();
  const { is_operator } = useSession();
  const { base, at } = useTenant();
  const isLive = url.get('live') === '1';
  const part = url.get('tab') === 'chain' ? 'chain' : 'events';
  const isOfOperators = is_operator && base === '';
  return (
    <>
      <PageHead
        title={t(isOfOperators ? 'operator_title' : 'title')}
        lead={t(isOfOperators ? 'operator_lead' : 'lead')}
        actions={
          part === 'events' && (
            <Switch
              label={t('live')}
              checked={isLive}
              onChange={({ currentTarget: { checked } }) =>
                setUrl({ live: checked ? '1' : undefined, after: undefined, event: undefined })
              }
            />
          )
        }
      />
      <div className="page-body">
        <nav className="tabs" aria-label={t('parts')}>
          {PARTS.map((one) => (
            <Link
              key={one}
              className="tab"
              to={one === 'events' ? at('audit') : `${at('audit')}?tab=${one}`}
              aria-current={one === part ? 'page' : undefined}
            >
              {t(one)}
            </Link>
          ))}
        </nav>
        {part === 'chain' ? <AuditChain /> : isLive ? <LivePanel /> : <AuditList />}
      </div>
    </>
  );
}
