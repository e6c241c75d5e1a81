import { MultiSelect, Select } from '@mantine/core';
import { useState } from 'react';
import type { QueryOf, Schema } from '../../api/operation.js';
import { useRead } from '../../api/queries.js';
import { asCommand } from '../../api/command-text.js';
import { EmptyState, Panel, SkeletonLines } from '../../design/states.js';
import { CodeCopy } from '../../kit/code-copy.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { usePermission } from '../../shell/permission.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import { OWN_SCOPES } from './application-kind.js';
import { type Picked, Picker } from '../holders/picker.js';
import { TokenAnswer } from './token-answer.js';
import { tokenTexts } from './token-texts.js';

const GRANTS = ['authorization_code', 'client_credentials', 'password'] as const;
type Grant = (typeof GRANTS)[number];

/** What tokens the application would get: for whom, by which grant, with which scopes, at which APIs. */
export function ApplicationTokens({ client }: { readonly client: Schema<'Client'> }) {
  const t = useTexts(tokenTexts);
  const { tenant } = useTenant();
  const may = usePermission();
  const grants = GRANTS.filter((name) => client.grant_types.includes(name));
  const [grant, setGrant] = useState<Grant>(grants[0] ?? 'authorization_code');
  const [picked, setPicked] = useState<Picked>();
  const user = picked?.id;
  const registered = client.scope.split(' ').filter((name) => name !== '');
  const isForUser = grant !== 'client_credentials';
  const offered = isForUser ? registered : registered.filter((name) => !OWN_SCOPES.includes(name));
  const [scopes, setScopes] = useState<readonly string[]>(isForUser ? offered : []);
  const [resources, setResources] = useState<readonly string[]>([]);
  const maySeeUsers = may(['users:read', 'consents:read']);
  const isAsked = isForUser ? user !== undefined && maySeeUsers.allowed : true;
  const query: QueryOf<'previewTokens'> = {
    grant_type: grant,
    ...(isForUser && user !== undefined && { user_id: user }),
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    ...(resources.length > 0 && { resource: resources.join(' ') }),
  };
  const request = { path: { tenant, client_id: client.client_id }, query };
  const preview = useRead('previewTokens', request, { enabled: isAsked, keepPrevious: true });
  const choose = (chosen: string | null) => {
    const next = GRANTS.find((name) => name === chosen);
    if (!next) return;
    setGrant(next);
    const isOfUser = (name: string) => next === 'client_credentials' && OWN_SCOPES.includes(name);
    setScopes((before) => before.filter((name) => !isOfUser(name)));
  };
  const command = () =>
    asCommand([
      ...['clients', 'preview-tokens', tenant, client.client_id, '--grant-type', grant],
      ...(isForUser && user !== undefined ? ['--user', user] : []),
      ...(scopes.length > 0 ? ['--scope', scopes.join(' ')] : []),
      ...(resources.length > 0 ? ['--resource', ...resources] : []),
    ]);
  return (
    <>
      <Panel
        title={t('question')}
        lead={t('question_lead')}
        actions={isAsked && <CodeCopy operation="previewTokens" request={() => request} cli={command} />}
      >
        <div className="form">
          {grants.length > 1 && (
            <Select
              label={t('grant')}
              value={grant}
              allowDeselect={false}
              data={grants.map((name) => ({ value: name, label: t(`grant_${name}`) }))}
              onChange={choose}
            />
          )}
          {isForUser &&
            (maySeeUsers.allowed ? (
              <Picker kind="user" label={t('user')} hint={t('user_hint')} value={picked} onChange={setPicked} />
            ) : (
              <p className="soft">{t('may_not_see_users')}</p>
            ))}
          <MultiSelect
            label={t('scopes')}
            description={t(isForUser ? 'scopes_help' : 'scopes_help_machine')}
            value={[...scopes]}
            data={offered}
            searchable
            hidePickedOptions
            clearable
            onChange={setScopes}
          />
          {client.permissions.length > 0 && (
            <MultiSelect
              label={t('resources')}
              description={t('resources_help')}
              value={[...resources]}
              data={client.permissions.map(({ api }) => api)}
              searchable
              hidePickedOptions
              clearable
              onChange={setResources}
            />
          )}
        </div>
      </Panel>
      {!isAsked && (
        <Panel>
          <EmptyState icon="user" title={t('nobody')} text={t('nobody_text')} />
        </Panel>
      )}
      {isAsked && preview.error && <ProblemNotice error={preview.error} onRetry={() => void preview.refetch()} />}
      {isAsked && preview.isPending && <SkeletonLines lines={8} label={t('loading')} />}
      {isAsked && preview.data && !preview.error && (
        <div className="stack" data-old={preview.isPlaceholderData || undefined} aria-busy={preview.isPlaceholderData}>
          <TokenAnswer preview={preview.data.body} />
        </div>
      )}
    </>
  );
}
