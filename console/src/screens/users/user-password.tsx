import { useState } from 'react';
import type { Schema } from '../../api/operation.js';
import { useWrite } from '../../api/queries.js';
import { Facts, Panel } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { SecretOnce } from '../../kit/secret-once.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { randomPassword, usePasswordLength } from './password.js';
import { useRecoverNeed } from './recover.js';
import { signInTexts } from './sign-in-texts.js';
import { nameOf } from './user-state.js';

export function UserPassword({ user }: { readonly user: Schema<'User'> }) {
  const t = useTexts(signInTexts);
  const { notify } = useNotices();
  const { tenant } = useTenant();
  const need = useRecoverNeed();
  const length = usePasswordLength();
  const path = { tenant, user_id: user.id };
  const reset = useWrite('sendPasswordResetMail');
  const set = useWrite('mailSetPassword');
  const update = useWrite('updateUser');
  const [isAsked, setAsked] = useState(false);
  const [secret, setSecret] = useState<string>();
  const email = user.email ?? '';
  const noMail = user.email === null ? t('no_email') : !user.enabled ? t('is_disabled') : undefined;
  const mailReset = async () => {
    set.reset();
    await reset.mutateAsync({ path }).then(() => notify(t('reset_sent', { email })), ignore);
  };
  const mailSet = async () => {
    reset.reset();
    await set.mutateAsync({ path, ifMatch: '*' }).then(() => notify(t('set_sent', { email })), ignore);
  };
  const error = reset.error ?? set.error;
  return (
    <Panel title={t('password')}>
      <div className="stack">
        <Facts
          facts={[
            [
              t('password_set'),
              user.password_changed_at === null ? (
                <span className="soft">{t('password_unknown')}</span>
              ) : (
                <Time value={user.password_changed_at} />
              ),
            ],
            user.email !== null && [
              t('mails_to'),
              <span key="mail">
                <bdi>{user.email}</bdi>
                {!user.email_verified && ` (${t('unverified')})`}
              </span>,
            ],
          ]}
        />
        {error && <ProblemNotice error={error} />}
        <div className="danger-line">
          <div>
            <h3>{t('reset')}</h3>
            <p className="soft">{t('reset_help')}</p>
          </div>
          <ActionButton
            variant="default"
            need={need}
            because={noMail ?? (user.email_verified ? undefined : t('not_verified'))}
            loading={reset.isPending}
            onClick={() => void mailReset()}
          >
            {t('send')}
          </ActionButton>
        </div>
        <div className="danger-line">
          <div>
            <h3>{t('set')}</h3>
            <p className="soft">{t('set_help')}</p>
          </div>
          <ActionButton
            variant="default"
            need={need}
            because={noMail}
            loading={set.isPending}
            onClick={() => void mailSet()}
          >
            {t('send')}
          </ActionButton>
        </div>
        <div className="danger-line">
          <div>
            <h3>{t('generate')}</h3>
            <p className="soft">{t('generate_help')}</p>
          </div>
          <ActionButton variant="default" need="users:write" onClick={() => setAsked(true)}>
            {t('generate_button')}
          </ActionButton>
        </div>
        <div>
          <CodeCopy
            operation="sendPasswordResetMail"
            request={() => ({ path })}
            cli={() => `npx tenantry users mail-reset-password ${tenant} ${user.id}`}
          />
        </div>
      </div>
      {isAsked && (
        <ConfirmDestroy
          title={t('generate_question', { name: nameOf(user) })}
          effects={[t('generate_effect'), t('generate_effect_sessions')]}
          undo={t('generate_undo')}
          confirmLabel={t('generate_button')}
          onClose={() => setAsked(false)}
          onConfirm={async () => {
            const password = randomPassword(length);
            await update.mutateAsync({ path, body: { password, must_change_password: true }, ifMatch: '*' });
            setSecret(password);
          }}
        />
      )}
      {secret !== undefined && (
        <SecretOnce
          label={t('password_of', { name: user.username })}
          secret={secret}
          onClose={() => {
            setSecret(undefined);
            update.reset();
          }}
        >
          <p className="soft">{t('password_must_change')}</p>
        </SecretOnce>
      )}
    </Panel>
  );
}

/** It is shown from the state of the request. */
function ignore() {
  return undefined;
}
