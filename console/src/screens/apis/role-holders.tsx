import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { Schema } from '../../api/operation.js';
import { useWrite } from '../../api/queries.js';
import { Icon } from '../../design/icon.js';
import { Panel } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { ConfirmDestroy } from '../../kit/confirm-destroy.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { ResourceList } from '../../kit/resource-list.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { ClientName, GroupName, UserName } from '../applications/named.js';
import { ObjectPicker } from '../applications/object-picker.js';
import { texts } from './texts.js';

/** Fewer than elsewhere: the name of each holder is asked for on its own. */
const PAGE_SIZE = 20;
const KINDS = ['user', 'group', 'client'] as const;
type HolderKind = (typeof KINDS)[number];
const NEEDS: Readonly<Record<HolderKind, string>> = {
  user: 'users:write',
  group: 'users:write',
  client: 'clients:write',
};

function holderOf({ user_id: user, group_id: group, client_id: client }: Schema<'ApiRoleAssignment'>) {
  if (user !== null) return { kind: 'user', id: user } as const;
  if (group !== null) return { kind: 'group', id: group } as const;
  return { kind: 'client', id: client ?? '' } as const;
}
type Holder = ReturnType<typeof holderOf>;

/** Who has the role: people, all members of a group, and applications that act for themselves. */
export function RoleHolders({ role }: { readonly role: Schema<'ApiRole'> }) {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const { notify } = useNotices();
  const [taking, setTaking] = useState<Holder>();
  const take = useChange('take', role.id);
  return (
    <>
      <GiveRole role={role} />
      <ResourceList
        operation="listApiRoleAssignments"
        request={{ path: { tenant, api_role_id: role.id }, query: { limit: PAGE_SIZE } }}
        label={t('holders')}
        rowKey={(row) => `${holderOf(row).kind} ${holderOf(row).id}`}
        rowName={(row) => holderOf(row).id}
        columns={[
          { id: 'holder', label: t('holder'), isPrimary: true, cell: (row) => <HolderName holder={holderOf(row)} /> },
          { id: 'kind', label: t('kind'), cell: (row) => t(`kind_${holderOf(row).kind}`) },
          { id: 'since', label: t('since'), cell: ({ created_at: since }) => <Time value={since} /> },
          {
            id: 'actions',
            label: t('actions'),
            cell: (row) => (
              <ActionButton
                size="xs"
                variant="outline"
                color="red"
                need={NEEDS[holderOf(row).kind]}
                onClick={() => setTaking(holderOf(row))}
              >
                {t('take')}
              </ActionButton>
            ),
          },
        ]}
        empty={{ icon: 'role', title: t('holders_empty'), text: t('holders_empty_text') }}
        cli={['api-roles', 'holders', tenant, role.id]}
      />
      {taking && (
        <ConfirmDestroy
          title={t('take_title', { name: role.display_name ?? role.name })}
          effects={[t(`take_effect_${taking.kind}`), t('take_effect_tokens')]}
          undo={t('take_undo')}
          confirmLabel={t('take')}
          onClose={() => setTaking(undefined)}
          onConfirm={async () => {
            await take.run(taking);
            notify(t('taken'));
          }}
        />
      )}
    </>
  );
}

function HolderName({ holder }: { readonly holder: Holder }) {
  if (holder.kind === 'user') return <UserName id={holder.id} />;
  return holder.kind === 'group' ? <GroupName id={holder.id} /> : <ClientName id={holder.id} />;
}

function GiveRole({ role }: { readonly role: Schema<'ApiRole'> }) {
  const t = useTexts(texts);
  const { notify } = useNotices();
  const [kind, setKind] = useState<HolderKind>('user');
  const [chosen, setChosen] = useState<string | null>(null);
  const give = useChange('give', role.id);
  const press = async () => {
    if (chosen === null) return;
    try {
      await give.run({ kind, id: chosen });
      setChosen(null);
      notify(t('given'));
    } catch {
      // The notice below says what was refused.
    }
  };
  return (
    <Panel title={t('give')} lead={t('give_lead')}>
      <div className="form">
        {give.error && <ProblemNotice error={give.error} />}
        <SegmentedControl
          aria-label={t('kind')}
          value={kind}
          onChange={(value) => {
            setKind(value);
            setChosen(null);
          }}
          data={KINDS.map((value) => ({ value, label: t(`kind_${value}`) }))}
        />
        <ObjectPicker
          key={kind}
          kind={kind}
          label={t(`kind_${kind}`)}
          placeholder={t('find')}
          value={chosen}
          onChange={setChosen}
        />
        <div>
          <ActionButton
            need={NEEDS[kind]}
            loading={give.isPending}
            because={chosen === null ? t('choose') : undefined}
            leftSection={<Icon name="plus" />}
            onClick={() => void press()}
          >
            {t('give')}
          </ActionButton>
        </div>
      </div>
    </Panel>
  );
}

/** One of six operations: giving and taking, for each kind of holder. */
function useChange(verb: 'give' | 'take', roleId: string) {
  const { tenant } = useTenant();
  const user = useWrite(`${verb}UserApiRole`);
  const group = useWrite(`${verb}GroupApiRole`);
  const client = useWrite(`${verb}ClientApiRole`);
  const path = { tenant, api_role_id: roleId };
  const run = ({ kind, id }: { readonly kind: HolderKind; readonly id: string }): Promise<unknown> => {
    if (kind === 'user') return user.mutateAsync({ path: { ...path, user_id: id } });
    if (kind === 'group') return group.mutateAsync({ path: { ...path, group_id: id } });
    return client.mutateAsync({ path: { ...path, client_id: id } });
  };
  const all = [user, group, client];
  return {
    run,
    error: all.map(({ error }) => error).find((error) => error !== null),
    isPending: all.some(({ isPending }) => isPending),
  };
}
