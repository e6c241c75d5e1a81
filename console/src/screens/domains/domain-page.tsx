import { useParams } from '@tanstack/react-router';
import { asCommand } from '../../api/command-text.js';
import { useWrite } from '../../api/queries.js';
import { CopyField } from '../../design/copy.js';
import { Facts, Panel } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { ResourcePage } from '../../kit/resource-page.js';
import { useNotices } from '../../shell/notices.js';
import { useMayCall } from '../../shell/session.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { DomainDanger } from './domain-danger.js';
import { DomainProof } from './domain-proof.js';
import { ProvenAgain } from './proven-again.js';
import { DomainState } from './domain-state.js';
import { useFindingWords } from './finding-words.js';
import { texts } from './texts.js';

export function DomainPage() {
  const t = useTexts(texts);
  const { tenant, at } = useTenant();
  const mayCall = useMayCall();
  const words = useFindingWords();
  const { domain = '' }: { readonly domain?: string } = useParams({ strict: false });
  return (
    <ResourcePage
      operation="getDomain"
      request={{ path: { tenant, domain } }}
      crumbs={[{ label: t('title'), to: at('domains') }]}
      head={(body) => ({
        title: body.domain,
        lead: t(body.status === 'verified' ? 'verified_lead' : 'pending_lead'),
        badges: <DomainState domain={body} />,
      })}
      troubles={({ status, lapses_at, lapsed_at, ...body }) => [
        status === 'verified' &&
          lapses_at !== null && {
            tone: 'danger',
            title: t('failing_title'),
            text: (
              <>
                {words.ofDomain({ ...body, lapsed_at })} {t('failing_text')} <Time value={lapses_at} exact />
              </>
            ),
          },
        status === 'pending' &&
          lapsed_at !== null && {
            tone: 'danger',
            title: t('lapsed_title'),
            text: (
              <>
                {words.ofDomain({ ...body, lapsed_at })} {t('lapsed_text')} <Time value={lapsed_at} exact />
              </>
            ),
          },
      ]}
      tabs={[
        {
          id: 'domain',
          label: t('domain'),
          content: ({ body, etag }) => (
            <>
              {(body.status === 'pending' || body.failing_since !== null) && <DomainProof domain={body} />}
              {body.status === 'verified' && mayCall('updateDomain') && (
                <PrimaryAddress domain={body.domain} isPrimary={body.primary} etag={etag} />
              )}
              {body.status === 'verified' && body.failing_since === null && <ProvenAgain domain={body} />}
              <Panel title={t('what')}>
                <div className="stack">
                  <CopyField label={t('issuer')} value={body.issuer} />
                  <Facts
                    facts={[
                      [t('added'), <Time key="added" value={body.created_at} />],
                      body.verified_at !== null && [
                        t('verified'),
                        <>
                          <Time value={body.verified_at} /> {body.verified_by && t(`by_${body.verified_by}`)}
                        </>,
                      ],
                    ]}
                  />
                </div>
              </Panel>
              {mayCall('deleteDomain') && <DomainDanger domain={body} etag={etag} />}
            </>
          ),
        },
      ]}
    />
  );
}

interface PrimaryProps {
  readonly domain: string;
  readonly isPrimary: boolean;
  readonly etag: string | undefined;
}

function PrimaryAddress({ domain, isPrimary, etag }: PrimaryProps) {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const { notify } = useNotices();
  const update = useWrite('updateDomain');
  const request = { path: { tenant, domain }, body: { primary: !isPrimary }, ifMatch: etag ?? '*' };
  const press = async () => {
    try {
      await update.mutateAsync(request);
      notify(t(isPrimary ? 'unset_done' : 'primary_done'));
    } catch {
      // Shown below.
    }
  };
  return (
    <Panel title={t('primary_title')} lead={t(isPrimary ? 'primary_is' : 'primary_lead')}>
      <div className="stack">
        {update.error && <ProblemNotice error={update.error} />}
        <div className="actions">
          <ActionButton
            need="tenants:write"
            loading={update.isPending}
            {...(isPrimary && { variant: 'default' as const })}
            onClick={() => void press()}
          >
            {t(isPrimary ? 'unset_primary' : 'make_primary')}
          </ActionButton>
          <CodeCopy
            operation="updateDomain"
            request={() => request}
            cli={() => asCommand(['domains', isPrimary ? 'unset-primary' : 'make-primary', tenant, domain])}
          />
        </div>
      </div>
    </Panel>
  );
}
