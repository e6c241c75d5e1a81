import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { ApiProblem } from '../../api/api-problem.js';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { useWrite } from '../../api/queries.js';
import { ActionButton } from '../../kit/action-button.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

interface ReviewActionsProps {
  readonly registration: Schema<'ClientRegistration'>;
  /** The version that is on the screen: a decision holds for what was seen. */
  readonly etag: string | undefined;
}

export function ReviewActions({ registration, etag }: ReviewActionsProps) {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const { notify } = useNotices();
  const [asked, setAsked] = useState<'reject' | 'suspend'>();
  const [reason, setReason] = useState('');
  const approve = useWrite('approveClientRegistration');
  const reject = useWrite('rejectClientRegistration');
  const suspend = useWrite('suspendRegisteredClient');
  const resume = useWrite('resumeRegisteredClient');
  const { id, client_name: named, client_id: clientId, owners } = registration;
  const name = named ?? clientId;
  const path = { tenant, registration_id: id };
  const isPending = registration.state === 'pending';
  const error = approve.error ?? resume.error;
  const isStale = error instanceof ApiProblem && error.status === 412;
  const close = () => {
    setAsked(undefined);
    setReason('');
  };
  const attempt = async (work: () => Promise<unknown>, done: string) => {
    try {
      await work();
      notify(done);
    } catch {
      // The notice below says what was refused.
    }
  };
  const why = (isNeeded: boolean) => (
    <Textarea
      label={t('reason')}
      description={t('reason_help', { count: owners.length })}
      required={isNeeded}
      maxLength={1000}
      autosize
      minRows={3}
      value={reason}
      onChange={(event) => setReason(event.currentTarget.value)}
    />
  );
  return (
    <>
      <div className="actions">
        {isPending && (
          <>
            <ActionButton
              need="clients:write"
              loading={approve.isPending}
              onClick={() =>
                void attempt(() => approve.mutateAsync({ path, ifMatch: etag ?? '*' }), t('approved_notice', { name }))
              }
            >
              {t('approve')}
            </ActionButton>
            <ActionButton need="clients:write" variant="default" onClick={() => setAsked('reject')}>
              {t('reject')}
            </ActionButton>
          </>
        )}
        {registration.registered && !registration.suspended && (
          <ActionButton need="clients:write" variant="outline" color="red" onClick={() => setAsked('suspend')}>
            {t('suspend')}
          </ActionButton>
        )}
        {registration.suspended && (
          <ActionButton
            need="clients:write"
            loading={resume.isPending}
            onClick={() => void attempt(() => resume.mutateAsync({ path }), t('resumed_notice', { name }))}
          >
            {t('resume')}
          </ActionButton>
        )}
        {isPending && (
          <CodeCopy
            operation="approveClientRegistration"
            request={() => ({ path, ifMatch: etag ?? '*' })}
            cli={() => asCommand(['client-registrations', 'approve', tenant, id, '--yes'])}
          />
        )}
      </div>
      {error &&
        (isStale ? (
          <div className="notice" data-tone="warn" role="alert">
            <div>
              <p className="notice-title">{t('stale')}</p>
              <p>{t('stale_text')}</p>
            </div>
          </div>
        ) : (
          <ProblemNotice error={error} />
        ))}
      {asked === 'reject' && (
        <ConfirmDestroy
          title={t('reject_title', { name })}
          effects={[t(registration.registered ? 'reject_effect_change' : 'reject_effect_new')]}
          undo={t('reject_undo')}
          confirmLabel={t('reject')}
          onClose={close}
          onConfirm={async () => {
            await reject.mutateAsync({ path, body: { reason: reason.trim() }, ifMatch: etag ?? '*' });
            notify(t('rejected_notice', { name }));
          }}
        >
          {why(true)}
        </ConfirmDestroy>
      )}
      {asked === 'suspend' && (
        <ConfirmDestroy
          title={t('suspend_title', { name })}
          effects={[t('suspend_effect_sign_in', { name }), t('suspend_effect_tokens'), t('suspend_effect_owners')]}
          undo={t('suspend_undo')}
          confirmLabel={t('suspend')}
          onClose={close}
          onConfirm={async () => {
            const body = reason.trim() === '' ? {} : { reason: reason.trim() };
            await suspend.mutateAsync({ path, body });
            notify(t('suspended_notice', { name }));
          }}
        >
          {why(false)}
        </ConfirmDestroy>
      )}
    </>
  );
}
