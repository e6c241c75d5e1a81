import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { useRead, useWrite } from '../../api/queries.js';
import { StateBadge } from '../../design/badge.js';
import { EmptyState, Facts, Panel, SkeletonLines } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { ResourcePage } from '../../kit/resource-page.js';
import { Timeline } from '../../kit/timeline.js';
import { Link } from '../../shell/link.js';
import { useNotices } from '../../shell/notices.js';
import { usePlaceOf } from '../../shell/place-of.js';
import { useSession, useUser } from '../../shell/session.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { GrantStatus, isOpen, useGrantWords } from './grant-status.js';
import { texts } from './texts.js';

type Grant = Schema<'AccessGrant'>;
const USES = 50;

export function GrantPage() {
  const t = useTexts(texts);
  const words = useGrantWords();
  const { tenant, at } = useTenant();
  const { grant: id = '' }: { readonly grant?: string } = useParams({ strict: false });
  const path = { tenant, access_grant_id: id };
  return (
    <ResourcePage
      operation="getAccessGrant"
      request={{ path }}
      crumbs={[{ label: t('title'), to: at('access-grants') }]}
      head={(body) => ({
        title: t('title_of', { operator: body.operator }),
        badges: (
          <>
            <GrantStatus grant={body} />
            {body.emergency && <StateBadge tone="danger">{t('emergency')}</StateBadge>}
          </>
        ),
        actions: <Actions grant={body} />,
      })}
      troubles={(body) => [
        body.status === 'requested' && { tone: 'warn', title: t('requested_title'), text: t('requested_text') },
        body.status === 'waiting' && {
          tone: 'danger',
          title: t('waiting_title'),
          text: (
            <>
              {t('waiting_text')} <Time value={body.begins_at} exact />
            </>
          ),
        },
      ]}
      tabs={[
        {
          id: 'about',
          label: t('about'),
          content: ({ body }) => (
            <>
              <Panel title={t('about')}>
                <Facts
                  facts={[
                    [t('reason'), <bdi key="reason">{body.reason}</bdi>],
                    [t('ticket'), body.ticket === null ? <span className="soft">–</span> : <bdi>{body.ticket}</bdi>],
                    [t('operator'), <code key="operator">{body.operator}</code>],
                    [t('reach'), words.reach(body)],
                    [t('level'), words.level(body)],
                    [t('duration'), words.duration(body.duration_seconds)],
                    [t('requested_at'), <Time key="requested" value={body.requested_at} exact />],
                    [t('begins_at'), body.begins_at === null ? t('not_yet') : <Time value={body.begins_at} exact />],
                    [t('expires_at'), <Time key="expires" value={body.expires_at} exact />],
                    body.approved_by !== null && [t('approved_by'), <code key="approved">{body.approved_by}</code>],
                    body.ended_at !== null && [t('ended_at'), <Time key="ended" value={body.ended_at} exact />],
                    body.ended_by !== null && [t('ended_by'), <code key="by">{body.ended_by}</code>],
                  ]}
                />
              </Panel>
              <Uses tenant={tenant} grant={body} />
            </>
          ),
        },
      ]}
    />
  );
}

/** What was done with it, as the log has it. */
function Uses({ tenant, grant }: { readonly tenant: string; readonly grant: Grant }) {
  const t = useTexts(texts);
  const placeOf = usePlaceOf();
  const query = { type: 'access_grant.used', since: grant.requested_at, limit: USES };
  const { data, error, refetch } = useRead('listAuditEvents', { path: { tenant }, query });
  const uses = data?.body.data.filter(({ target }) => target === `access_grant:${grant.id}`) ?? [];
  const log = placeOf('audit');
  return (
    <Panel
      title={t('uses')}
      lead={t('uses_lead')}
      actions={log !== undefined && <Link to={`${log}?type=access_grant.used`}>{t('uses_log')}</Link>}
    >
      {error && !data ? (
        <ProblemNotice error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonLines lines={3} label={t('uses')} />
      ) : uses.length === 0 ? (
        <EmptyState title={t('uses_none')} />
      ) : (
        <Timeline
          label={t('uses')}
          items={uses.map(({ id, occurred_at, details, request_id }) => ({
            id,
            at: occurred_at,
            title: <code>{detailOf(details)}</code>,
            text: request_id !== null && log !== undefined && (
              <Link to={`${log}?request_id=${encodeURIComponent(request_id)}`}>{t('uses_request')}</Link>
            ),
          }))}
        />
      )}
    </Panel>
  );
}

function detailOf(details: Grant | Readonly<Record<string, unknown>> | null): string {
  return Object.values((details ?? {}) as Readonly<Record<string, unknown>>)
    .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
    .join(' ');
}

function Actions({ grant }: { readonly grant: Grant }) {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const { is_operator } = useSession();
  const user = useUser();
  const { notify } = useNotices();
  const [isAsked, setAsked] = useState(false);
  const [failure, setFailure] = useState<Error>();
  const approve = useWrite('approveAccessGrant');
  const end = useWrite('endAccessGrant');
  if (!isOpen(grant)) return undefined;
  const path = { tenant, access_grant_id: grant.id };
  const isOwn = grant.operator.startsWith(`user:${user.id}@`);
  const isBegun = grant.status === 'active';
  const press = async () => {
    setFailure(undefined);
    try {
      await approve.mutateAsync({ path, ifMatch: '*' });
      notify(t('is_approved'));
    } catch (error) {
      setFailure(error as Error);
    }
  };
  return (
    <>
      {grant.status === 'requested' && (
        <ActionButton
          need="tenants:write"
          because={is_operator ? t('only_tenant') : undefined}
          loading={approve.isPending}
          onClick={() => void press()}
        >
          {t('approve')}
        </ActionButton>
      )}
      <ActionButton
        variant="outline"
        color="red"
        need={isOwn ? undefined : 'tenants:write'}
        onClick={() => setAsked(true)}
      >
        {t(isBegun ? 'end' : 'refuse')}
      </ActionButton>
      <CodeCopy
        operation="endAccessGrant"
        request={() => ({ path, ifMatch: '*' })}
        cli={() => asCommand(['access-grants', 'end', tenant, grant.id, '--yes'])}
      />
      {failure && <ProblemNotice error={failure} onRetry={() => void press()} />}
      {isAsked && (
        <ConfirmDestroy
          title={t(isBegun ? 'end_title' : 'refuse_title')}
          effects={[t(isBegun ? 'end_effect' : 'refuse_effect', { operator: grant.operator })]}
          undo={t('end_undo')}
          confirmLabel={t(isBegun ? 'end' : 'refuse')}
          onClose={() => setAsked(false)}
          onConfirm={async () => {
            await end.mutateAsync({ path, ifMatch: '*' });
            notify(t(isBegun ? 'is_ended' : 'is_refused'));
          }}
        />
      )}
    </>
  );
}
