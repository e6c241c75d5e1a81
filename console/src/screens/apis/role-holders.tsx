import { useApi } from '../../api/api.js';
import type { Schema } from '../../api/operation.js';
import { Time } from '../../design/time.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { type Holder, HolderList } from '../holders/holder-list.js';
import type { PickedKind } from '../holders/picker.js';
import { texts } from './texts.js';

/** Fewer than elsewhere: the name of each holder is asked for on its own. */
const PAGE_SIZE = 20;
const NEEDS = { user: 'users:write', group: 'users:write', client: 'clients:write' };

function holderOf({ user_id: user, group_id: group, client_id: client }: Schema<'ApiRoleAssignment'>): Holder {
  if (user !== null) return { kind: 'user', id: user };
  if (group !== null) return { kind: 'group', id: group };
  return { kind: 'client', id: client ?? '' };
}

/** Who has the role: people, all members of a group, and applications that act for themselves. */
export function RoleHolders({ role }: { readonly role: Schema<'ApiRole'> }) {
  const t = useTexts(texts);
  const { tenant } = useTenant();
  const give = useChange('give', role.id);
  const take = useChange('take', role.id);
  return (
    <HolderList
      operation="listApiRoleAssignments"
      request={{ path: { tenant, api_role_id: role.id }, query: { limit: PAGE_SIZE } }}
      label={t('holders')}
      holderOf={holderOf}
      heading={t('holder')}
      columns={[{ id: 'since', label: t('since'), cell: ({ created_at: since }) => <Time value={since} /> }]}
      add={{
        title: t('give'),
        lead: t('give_lead'),
        label: t('give'),
        find: t('find'),
        needs: NEEDS,
        run: give,
        done: () => t('given'),
      }}
      remove={{
        label: t('take'),
        run: ({ kind, id }) => take(kind, id),
        done: (count, names) => t('taken', { count, names }),
        confirm: (holders, names) => ({
          title: t('take_title', { name: role.display_name ?? role.name, count: holders.length }),
          effects: [
            t('take_whom', { names }),
            ...(['user', 'group', 'client'] as const).flatMap((kind) =>
              holders.some((one) => one.kind === kind) ? [t(`take_effect_${kind}`)] : [],
            ),
            t('take_effect_tokens'),
          ],
          undo: t('take_undo'),
        }),
      }}
      empty={{ icon: 'role', title: t('holders_empty'), text: t('holders_empty_text') }}
      cli={['api-roles', 'holders', tenant, role.id]}
    />
  );
}

/** One of six operations: giving and taking, for each kind of holder. */
function useChange(verb: 'give' | 'take', roleId: string) {
  const api = useApi();
  const { tenant } = useTenant();
  const path = { tenant, api_role_id: roleId };
  return (kind: PickedKind, id: string): Promise<unknown> => {
    if (kind === 'user') return api.call(`${verb}UserApiRole`, { path: { ...path, user_id: id } });
    if (kind === 'group') return api.call(`${verb}GroupApiRole`, { path: { ...path, group_id: id } });
    return api.call(`${verb}ClientApiRole`, { path: { ...path, client_id: id } });
  };
}
