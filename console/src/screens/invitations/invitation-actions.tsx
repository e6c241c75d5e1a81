import { useState } from 'react';
import type { Schema } from '../../api/operation.js';
import { useWrite } from '../../api/queries.js';
import { ActionButton } from '../../kit/action-button.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

/** Sending it again, and withdrawing it, while it can be accepted. An expired one can be sent again too. */
export function InvitationActions({
  invitation,
  size,
}: {
  readonly invitation: Schema<'Invitation'>;
  readonly size?: 'xs';
}) {
  const t = useTexts(texts);
  const { notify } = useNotices();
  const { tenant } = useTenant();
  const path = { tenant, invitation_id: invitation.id };
  const resend = useWrite('resendInvitation');
  const withdraw = useWrite('withdrawInvitation');
  const [isAsked, setAsked] = useState(false);
  const { status, email } = invitation;
  if (status !== 'pending' && status !== 'expired') return null;
  const sendAgain = async () => {
    await resend.mutateAsync({ path, ifMatch: '*' }).then(
      () => notify(t('resent', { email })),
      () => undefined,
    );
  };
  return (
    <div className="stack">
      <div className="actions">
        <ActionButton
          size={size}
          variant="default"
          need="users:write"
          loading={resend.isPending}
          onClick={() => void sendAgain()}
        >
          {t('resend')}
        </ActionButton>
        {status === 'pending' && (
          <ActionButton size={size} variant="default" need="users:write" onClick={() => setAsked(true)}>
            {t('withdraw')}
          </ActionButton>
        )}
      </div>
      {resend.error && <ProblemNotice error={resend.error} />}
      {isAsked && (
        <ConfirmDestroy
          title={t('withdraw_question', { email })}
          effects={[t('withdraw_effect')]}
          undo={t('withdraw_undo')}
          confirmLabel={t('withdraw')}
          onClose={() => setAsked(false)}
          onConfirm={async () => {
            await withdraw.mutateAsync({ path });
            notify(t('withdrawn_done'));
          }}
        />
      )}
    </div>
  );
}
