import { Select } from '@mantine/core';
import { useState } from 'react';
import { useRead, useWrite } from '../../api/queries.js';
import { Panel, SkeletonLines } from '../../design/states.js';
import { Time } from '../../design/time.js';
import { ActionButton } from '../../kit/action-button.js';
import { ListTable } from '../../kit/list-table.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { Link } from '../../shell/link.js';
import { useNotices } from '../../shell/notices.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { accessTexts } from './access-texts.js';
import { type HeldApiRole, useHeldApiRoles } from './use-held-api-roles.js';

interface ApiRolesOfProps {
  readonly kind: 'user' | 'group';
  readonly id: string;
  /** Names of the groups of a user, by their ids. */
  readonly groups?: ReadonlyMap<string, string>;
}

const ALL = 100;

/** Roles at the tenant's own APIs: those of one user, also by groups, or those of one group. */
export function ApiRolesOf({ kind, id, groups = new Map() }: ApiRolesOfProps) {
  const t = useTexts(accessTexts);
  const { notify } = useNotices();
  const { tenant, at } = useTenant();
  const { data, error, refetch } = useHeldApiRoles({ kind, id, groupIds: [...groups.keys()] });
  const apis = useRead('listApis', { path: { tenant }, query: { limit: ALL } }).data?.body.data ?? [];
  const giveUser = useWrite('giveUserApiRole');
  const giveGroup = useWrite('giveGroupApiRole');
  const takeUser = useWrite('takeUserApiRole');
  const takeGroup = useWrite('takeGroupApiRole');
  const [chosen, setChosen] = useState<string | null>(null);
  const apiOf = (apiId: string) => apis.find((one) => one.id === apiId)?.display_name ?? apiId;
  const direct = new Set(data?.held.filter(({ groupId }) => groupId === undefined).map(({ role }) => role.id));
  const free = (data?.roles ?? []).filter((role) => !direct.has(role.id));
  const failure = giveUser.error ?? giveGroup.error ?? takeUser.error ?? takeGroup.error;
  const forgetFailures = () => [giveUser, giveGroup, takeUser, takeGroup].forEach((one) => one.reset());
  const give = async (role: string) => {
    forgetFailures();
    const path = { tenant, api_role_id: role };
    await (
      kind === 'user'
        ? giveUser.mutateAsync({ path: { ...path, user_id: id } })
        : giveGroup.mutateAsync({ path: { ...path, group_id: id } })
    ).then(
      () => {
        notify(t('api_role_given'));
        setChosen(null);
      },
      () => undefined,
    );
  };
  const take = async ({ role }: HeldApiRole) => {
    forgetFailures();
    const path = { tenant, api_role_id: role.id };
    await (
      kind === 'user'
        ? takeUser.mutateAsync({ path: { ...path, user_id: id } })
        : takeGroup.mutateAsync({ path: { ...path, group_id: id } })
    ).then(
      () => notify(t('api_role_taken')),
      () => undefined,
    );
  };
  return (
    <Panel title={t('api_roles')} lead={t(kind === 'user' ? 'api_roles_lead' : 'api_roles_lead_group')}>
      <div className="stack">
        {error && !data ? (
          <ProblemNotice error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <SkeletonLines lines={2} label={t('api_roles')} />
        ) : data.held.length === 0 ? (
          <p className="soft">{t(data.roles.length === 0 ? 'api_roles_undefined' : 'api_roles_none')}</p>
        ) : (
          <ListTable
            label={t('api_roles')}
            rows={data.held}
            rowKey={({ role, groupId }) => `${role.id} ${groupId ?? ''}`}
            rowName={({ role }) => role.display_name ?? role.name}
            columns={[
              {
                id: 'role',
                label: t('role'),
                isPrimary: true,
                cell: ({ role }) => <bdi>{role.display_name ?? role.name}</bdi>,
              },
              {
                id: 'api',
                label: t('api'),
                cell: ({ role }) => (
                  <Link to={at('apis', role.api_id)}>
                    <bdi>{apiOf(role.api_id)}</bdi>
                  </Link>
                ),
              },
              { id: 'scopes', label: t('scopes'), cell: ({ role }) => <code>{role.scopes.join(' ')}</code> },
              ...(kind === 'user'
                ? [
                    {
                      id: 'how',
                      label: t('how'),
                      cell: ({ groupId }: HeldApiRole) =>
                        groupId === undefined ? (
                          t('directly')
                        ) : (
                          <Link to={at('groups', groupId)}>
                            <bdi>{groups.get(groupId) ?? groupId}</bdi>
                          </Link>
                        ),
                    },
                  ]
                : []),
              { id: 'since', label: t('since'), cell: ({ since }) => <Time value={since} /> },
              {
                id: 'actions',
                label: t('actions'),
                cell: (one) => (
                  <ActionButton
                    size="xs"
                    variant="default"
                    need="users:write"
                    because={one.groupId === undefined ? undefined : t('by_group')}
                    onClick={() => void take(one)}
                  >
                    {t('take')}
                  </ActionButton>
                ),
              },
            ]}
          />
        )}
        {data?.isCut === true && <p className="soft">{t('api_roles_cut')}</p>}
        {failure && <ProblemNotice error={failure} />}
        {free.length > 0 && (
          <div className="actions">
            <Select
              w={280}
              aria-label={t('choose_api_role')}
              placeholder={t('choose_api_role')}
              searchable
              data={free.map((role) => ({
                value: role.id,
                label: `${role.display_name ?? role.name} · ${apiOf(role.api_id)}`,
              }))}
              value={chosen}
              onChange={setChosen}
            />
            <ActionButton
              need="users:write"
              because={chosen === null ? t('choose_api_role') : undefined}
              loading={giveUser.isPending || giveGroup.isPending}
              onClick={() => void (chosen !== null && give(chosen))}
            >
              {t('give_role')}
            </ActionButton>
          </div>
        )}
      </div>
    </Panel>
  );
}
