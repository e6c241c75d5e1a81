import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { useRead, useWrite } from '../../api/queries.js';
import { Facts, Panel } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { ResourcePage } from '../../kit/resource-page.js';
import { Timeline } from '../../kit/timeline.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { SetupLinkStatus, isLive, isStuck, usePurposeNames } from './setup-link-status.js';
import { texts } from './texts.js';

type SetupLink = Schema<'SetupLink'>;
/** How often the page looks what was done meanwhile. */
const REREAD = 15_000;

export function SetupLinkPage() {
  const t = useTexts(texts);
  const { tenant, at } = useTenant();
  const purposes = usePurposeNames();
  const { link: id = '' }: { readonly link?: string } = useParams({ strict: false });
  useRead('getSetupLink', { path: { tenant, setup_link_id: id } }, { refetchInterval: REREAD });
  return (
    <ResourcePage
      operation="getSetupLink"
      request={{ path: { tenant, setup_link_id: id } }}
      crumbs={[{ label: t('title'), to: at('setup-links') }]}
      head={(link) => ({
        title: link.note ?? link.email ?? t('nobody'),
        lead: purposes(link),
        badges: <SetupLinkStatus link={link} />,
        actions: <Revoke link={link} />,
      })}
      troubles={(link) => [isStuck(link) && { tone: 'danger', title: t('stuck'), text: t('stuck_text') }]}
      tabs={[
        {
          id: 'about',
          label: t('about'),
          content: ({ body }) => (
            <>
              <About link={body} />
              <Panel title={t('done')} lead={t('done_lead')}>
                {body.done.length === 0 ? (
                  <p className="soft">{t('done_nothing')}</p>
                ) : (
                  <Timeline
                    label={t('done')}
                    items={body.done.toReversed().map(({ at: when, type, target }) => ({
                      id: `${when} ${type} ${target}`,
                      at: when,
                      title: <code>{type}</code>,
                      text: <bdi>{target}</bdi>,
                    }))}
                  />
                )}
              </Panel>
            </>
          ),
        },
      ]}
    />
  );
}

function About({ link }: { readonly link: SetupLink }) {
  const t = useTexts(texts);
  const purposes = usePurposeNames();
  return (
    <Panel title={t('about')}>
      <Facts
        facts={[
          [t('purposes'), purposes(link)],
          [t('for'), link.note === null ? <span className="soft">–</span> : <bdi key="note">{link.note}</bdi>],
          link.email !== null && [t('email'), <bdi key="email">{link.email}</bdi>],
          [t('opens'), t(link.single_use ? 'opens_once' : 'opens_often')],
          [t('made_by'), <code key="by">{link.made_by}</code>],
          [t('created'), <Time key="created" value={link.created_at} exact />],
          [t('expires'), <Time key="expires" value={link.expires_at} exact />],
          [t('openings'), String(link.openings)],
          link.opened_at !== null && [t('opened'), <Time key="opened" value={link.opened_at} exact />],
          link.last_used_at !== null && [t('last_used'), <Time key="used" value={link.last_used_at} exact />],
          link.revoked_at !== null && [t('revoked'), <Time key="revoked" value={link.revoked_at} exact />],
          link.revoked_by !== null && [t('revoked_by'), <code key="revoker">{link.revoked_by}</code>],
        ]}
      />
    </Panel>
  );
}

function Revoke({ link }: { readonly link: SetupLink }) {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const { notify } = useNotices();
  const [isAsked, setAsked] = useState(false);
  const revoke = useWrite('revokeSetupLink');
  const path = { tenant, setup_link_id: link.id };
  if (!isLive(link)) return null;
  const needs = link.purposes.map((purpose) => (purpose === 'brand' ? 'branding:write' : 'tenants:write'));
  return (
    <>
      <CodeCopy
        operation="revokeSetupLink"
        request={() => ({ path })}
        cli={() => asCommand(['setup-links', 'revoke', tenant, link.id, '--yes'])}
      />
      <ActionButton variant="outline" color="red" need={needs} onClick={() => setAsked(true)}>
        {t('revoke')}
      </ActionButton>
      {isAsked && (
        <ConfirmDestroy
          title={t('revoke_question')}
          effects={[t('revoke_effect'), t('revoke_effect_session')]}
          undo={t('revoke_undo')}
          confirmLabel={t('revoke')}
          onClose={() => setAsked(false)}
          onConfirm={async () => {
            await revoke.mutateAsync({ path });
            notify(t('revoke_done'));
          }}
        />
      )}
    </>
  );
}
