import { useState } from 'react';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { useRead, useWrite } from '../../api/queries.js';
import { StateBadge } from '../../design/badge.js';
import { CopyField } from '../../design/copy.js';
import { Panel } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { useFindingWords } from './finding-words.js';
import { Seen } from './seen.js';
import { texts } from './texts.js';

/** How often the page looks whether the platform has found the proof. */
const REREAD = 15_000;

/** What to put into DNS or on the web server, and what the platform finds there. */
export function DomainProof({ domain }: { readonly domain: Schema<'Domain'> }) {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const { notify, announce } = useNotices();
  const verify = useWrite('verifyDomain');
  const [hasLooked, setLooked] = useState(false);
  const path = { tenant, domain: domain.domain };
  useRead('getDomain', { path }, { refetchInterval: REREAD });
  const { dns, file } = domain.challenge;
  const look = async () => {
    try {
      const { body } = await verify.mutateAsync({ path });
      setLooked(true);
      if (body.status === 'verified' && body.failing_since === null) notify(t('now_verified'));
      else announce(t('not_yet'));
    } catch {
      // Shown below.
    }
  };
  return (
    <Panel title={t('prove')} lead={t('prove_lead')}>
      <div className="stack">
        <section className="stack">
          <h3>{t('dns_title')}</h3>
          <CopyField label={t('record_type')} value={dns.type} />
          <CopyField label={t('record_name')} value={dns.name} />
          <CopyField label={t('record_value')} value={dns.value} />
          <Finding way="dns" finding={domain.last_check?.dns} />
        </section>
        <section className="stack">
          <h3>{t('file_title')}</h3>
          <CopyField label={t('file_address')} value={file.url} />
          <CopyField label={t('file_content')} value={file.content} />
          <Finding way="file" finding={domain.last_check?.file ?? undefined} />
        </section>
        {verify.error && <ProblemNotice error={verify.error} />}
        {hasLooked && !verify.isPending && <p role="status">{t('not_yet')}</p>}
        <div className="actions">
          <ActionButton need="tenants:write" loading={verify.isPending} onClick={() => void look()}>
            {t('verify')}
          </ActionButton>
          <CodeCopy
            operation="verifyDomain"
            request={() => ({ path })}
            cli={() => asCommand(['domains', 'verify', tenant, domain.domain])}
          />
        </div>
        <p className="soft">
          {domain.last_checked_at !== null && (
            <>
              {t('looked_last')} <Time value={domain.last_checked_at} />.{' '}
            </>
          )}
          {domain.next_check_at === null ? (
            t('looks_no_more')
          ) : (
            <>
              {t('looks_again')} <Time value={domain.next_check_at} />.
            </>
          )}
        </p>
      </div>
    </Panel>
  );
}

interface FindingProps {
  readonly way: 'dns' | 'file';
  readonly finding: Schema<'DomainFinding'> | undefined;
}

function Finding({ way, finding }: FindingProps) {
  const t = useTexts(texts);
  const words = useFindingWords();
  if (!finding) return null;
  return (
    <div className="notice" data-tone={finding.proven ? 'good' : 'warn'}>
      <div>
        <div>
          <StateBadge tone={finding.proven ? 'good' : 'warn'}>
            {t(finding.proven ? 'found_right' : finding.conclusive ? 'found_wrong' : 'found_nothing')}
          </StateBadge>
        </div>
        <p>{words.of(way, finding)}</p>
        <Seen way={way} finding={finding} />
        {finding.found.length > 0 && !finding.proven && (
          <ul>
            {finding.found.map((one) => (
              <li key={one}>
                <code>{one}</code>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
