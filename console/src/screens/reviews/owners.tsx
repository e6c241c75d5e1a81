import { useState } from 'react';
import type { Schema } from '../../api/operation.js';
import { useWrite } from '../../api/queries.js';
import { StateBadge } from '../../design/badge.js';
import { Panel } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { ListTable } from '../../kit/list-table.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { Link } from '../../shell/link.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { type Picked, Picker } from '../holders/picker.js';
import { texts } from './texts.js';

/** Who looks after an application that a developer registered. */
export function Owners({ registration }: { readonly registration: Schema<'ClientRegistration'> }) {
  const t = useTexts(texts);
  const { tenant, at } = useTenant();
  const { notify } = useNotices();
  const [chosen, setChosen] = useState<Picked>();
  const [taking, setTaking] = useState<Schema<'ClientOwner'>>();
  const give = useWrite('giveClientOwner');
  const take = useWrite('takeClientOwner');
  const path = { tenant, registration_id: registration.id };
  const add = async () => {
    if (!chosen) return;
    try {
      await give.mutateAsync({ path: { ...path, user_id: chosen.id } });
      setChosen(undefined);
      notify(t('owner_given'));
    } catch {
      // The notice below says what was refused.
    }
  };
  return (
    <Panel title={t('owners')} lead={t('owners_lead')}>
      <div className="stack">
        {registration.owners.length === 0 ? (
          <p className="soft">{t('owners_empty')}</p>
        ) : (
          <ListTable
            label={t('owners')}
            rows={registration.owners}
            rowKey={({ user_id: id }) => id}
            rowName={({ username }) => username}
            columns={[
              {
                id: 'person',
                label: t('person'),
                isPrimary: true,
                cell: ({ user_id: id, username }) => (
                  <Link className="row-link" to={at('users', id)}>
                    <bdi>{username}</bdi>
                  </Link>
                ),
              },
              {
                id: 'state',
                label: t('state'),
                cell: ({ enabled }) =>
                  enabled ? (
                    <StateBadge tone="good">{t('person_enabled')}</StateBadge>
                  ) : (
                    <StateBadge tone="danger">{t('person_disabled')}</StateBadge>
                  ),
              },
              { id: 'since', label: t('since'), cell: ({ created_at: since }) => <Time value={since} /> },
              {
                id: 'actions',
                label: t('actions'),
                cell: (owner) => (
                  <ActionButton
                    size="xs"
                    variant="outline"
                    color="red"
                    need="clients:write"
                    onClick={() => setTaking(owner)}
                  >
                    {t('take_owner')}
                  </ActionButton>
                ),
              },
            ]}
          />
        )}
        {give.error && <ProblemNotice error={give.error} />}
        <div className="form">
          <Picker kind="user" label={t('new_owner')} hint={t('find_person')} value={chosen} onChange={setChosen} />
          <div>
            <ActionButton
              need={['clients:write', 'users:read']}
              loading={give.isPending}
              because={!chosen ? t('choose_person') : undefined}
              onClick={() => void add()}
            >
              {t('give_owner')}
            </ActionButton>
          </div>
        </div>
      </div>
      {taking && (
        <ConfirmDestroy
          title={t('take_owner_title', { name: taking.username })}
          effects={[
            t('take_owner_effect', { name: taking.username }),
            ...(registration.owners.length === 1 ? [t('take_owner_last')] : []),
          ]}
          undo={t('take_owner_undo')}
          confirmLabel={t('take_owner')}
          onClose={() => setTaking(undefined)}
          onConfirm={() => take.mutateAsync({ path: { ...path, user_id: taking.user_id } })}
        />
      )}
    </Panel>
  );
}
