import { Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { useApi } from '../../api/api.js';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { Panel } from '../../design/states.js';
import type { Field } from '../../kit/form-field.js';
import { PageHead } from '../../kit/page-head.js';
import { ProblemNotice } from '../../kit/problem-notice.js';
import { ResourceForm } from '../../kit/resource-form.js';
import { SecretOnce } from '../../kit/secret-once.js';
import { Link, useGo } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useLanguage, useTexts } from '../../texts/texts.js';
import { attributeFields } from './attribute-fields.js';
import { randomPassword, usePasswordLength } from './password.js';
import { profileTexts } from './profile-texts.js';
import { texts } from './texts.js';
import { useDefinitions } from './use-definitions.js';
import { accountFields, nameFields } from './user-fields.js';

const STARTS = ['mail', 'generate', 'none'] as const;
type Start = (typeof STARTS)[number];

export function UserNew() {
  const t = useTexts(texts);
  const p = useTexts(profileTexts);
  const { language } = useLanguage();
  const api = useApi();
  const go = useGo();
  const { tenant, at } = useTenant();
  const { definitions = [] } = useDefinitions();
  const length = usePasswordLength();
  // The same for what is sent and for what "copy as command" shows.
  const [seed] = useState(() => randomPassword(128));
  const [chosen, setChosen] = useState<Start>('mail');
  const [made, setMade] = useState<Schema<'User'>>();
  const [unsent, setUnsent] = useState<Error>();
  const password = seed.slice(0, Math.max(23, Math.ceil((length * 6) / 5)));
  const start: Field = {
    name: 'start',
    kind: 'custom',
    label: t('start'),
    render: ({ value, onChange, error }) => (
      <Radio.Group
        label={t('start')}
        value={value as Start}
        error={error}
        onChange={(next) => {
          setChosen(next);
          onChange(next);
        }}
      >
        <Stack gap="xs" mt="xs">
          {STARTS.map((one) => (
            <Radio key={one} value={one} label={t(`start_${one}`)} description={t(`start_${one}_help`)} />
          ))}
        </Stack>
      </Radio.Group>
    ),
  };
  const finish = async (user: Schema<'User'>) => {
    if (chosen === 'generate') return setMade(user);
    if (chosen === 'mail') {
      try {
        await api.call('mailSetPassword', { path: { tenant, user_id: user.id }, ifMatch: '*' });
      } catch (error) {
        setUnsent(error as Error);
        setMade(user);
        return;
      }
    }
    go(at('users', user.id));
  };
  const account = accountFields(p).map((field) =>
    field.name === 'email' ? { ...field, isRequired: chosen === 'mail' } : field,
  );
  return (
    <>
      <PageHead title={t('create')} lead={t('create_lead')} crumbs={[{ label: t('title'), to: at('users') }]} />
      {unsent && made ? (
        <Panel title={t('unsent')}>
          <div className="stack">
            <ProblemNotice error={unsent} />
            <p>
              <Link to={at('users', made.id)}>{t('to_user')}</Link>
            </p>
          </div>
        </Panel>
      ) : (
        <Panel>
          <p className="soft">
            {t('rather_invite')} <Link to={at('invitations', 'new')}>{t('invite')}</Link>
          </p>
          <br />
          <ResourceForm
            operation="createUser"
            request={{ path: { tenant } }}
            initial={{ start: 'mail' }}
            need="users:write"
            submitLabel={t('create_submit')}
            fields={[
              ...account,
              ...nameFields(p),
              ...attributeFields(definitions, { t: p, language }).filter(({ isDisabled }) => isDisabled !== true),
              start,
            ]}
            toBody={({ start: how, ...body }) =>
              how === 'generate' ? { ...body, password, must_change_password: true } : body
            }
            cli={({ body }) => commandOf(tenant, body as Readonly<Record<string, unknown>>, chosen)}
            onSaved={(user) => void finish(user)}
            onCancel={() => go(at('users'))}
          />
        </Panel>
      )}
      {made && !unsent && (
        <SecretOnce
          label={t('password_of', { name: made.username })}
          secret={password}
          onClose={() => go(at('users', made.id))}
        >
          <p className="soft">{t('password_must_change')}</p>
        </SecretOnce>
      )}
    </>
  );
}

function commandOf(tenant: string, body: Readonly<Record<string, unknown>>, start: Start): string {
  const { username, password: _, ...members } = body;
  const name = typeof username === 'string' ? username : '';
  const words = ['users', 'create', tenant, name, ...(start === 'generate' ? [] : ['--no-password'])];
  const create = asCommand(words, members);
  return start === 'mail' ? `${create} &&\n${asCommand(['users', 'mail-set-password', tenant, name])}` : create;
}
