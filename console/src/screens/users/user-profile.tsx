import { Button } from '@mantine/core';
import { useState } from 'react';
import { useApi } from '../../api/api.js';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { CopyButton } from '../../design/copy.js';
import { Facts, Panel, SkeletonLines } from '../../design/states.js';
import { Time } from '../../design/time.js';
import type { Field } from '../../kit/form-field.js';
import { valueAt } from '../../kit/form-values.js';
import { ResourceForm } from '../../kit/resource-form.js';
import { Link } from '../../shell/link.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useLanguage, useTexts } from '../../texts/texts.js';
import { attributeFields, guessedFields } from './attribute-fields.js';
import { profileTexts } from './profile-texts.js';
import { useDefinitions } from './use-definitions.js';
import { accountFields, nameFields, rareFields } from './user-fields.js';

interface UserProfileProps {
  readonly user: Schema<'User'>;
  readonly etag: string | undefined;
}

export function UserProfile({ user, etag }: UserProfileProps) {
  const t = useTexts(profileTexts);
  return (
    <>
      <Panel title={t('account')}>
        <Facts
          facts={[
            [
              t('id'),
              <span className="copy-value" key="id">
                <code>{user.id}</code>
                <CopyButton text={user.id} what={t('id')} />
              </span>,
            ],
            [t('created'), <Time key="created" value={user.created_at} />],
            [t('updated'), <Time key="updated" value={user.updated_at} />],
            user.terms_accepted_at !== undefined && [
              t('terms'),
              <span key="terms">
                <bdi>{user.terms_version}</bdi> · <Time value={user.terms_accepted_at} />
              </span>,
            ],
          ]}
        />
      </Panel>
      <StandardClaims user={user} etag={etag} />
      <OwnAttributes user={user} etag={etag} />
    </>
  );
}

function StandardClaims({ user, etag }: UserProfileProps) {
  const t = useTexts(profileTexts);
  const [isAll, setAll] = useState(false);
  const isFilled = (name: string) => ![undefined, null, '', false].includes(valueAt(user, name) as string);
  const rare = rareFields(t).map((field): Field => {
    const isShown = isAll || isFilled(field.name);
    return { ...field, when: (values) => isShown && (field.when?.(values) ?? true) };
  });
  const hidden = rareFields(t).filter(({ name, when }) => !when && !isFilled(name)).length;
  const toggle = (
    <Button variant="subtle" aria-expanded={isAll} onClick={() => setAll(!isAll)}>
      {isAll ? t('fewer_fields') : t('more_fields', { count: hidden })}
    </Button>
  );
  return (
    <Panel title={t('profile_title')} lead={t('profile_lead')} actions={hidden > 0 && toggle}>
      <UserForm user={user} etag={etag} fields={[...accountFields(t), ...nameFields(t), ...rare]} />
    </Panel>
  );
}

/** What the tenant keeps beyond the standard claims. */
function OwnAttributes({ user, etag }: UserProfileProps) {
  const t = useTexts(profileTexts);
  const { language } = useLanguage();
  const { at } = useTenant();
  const { definitions, isPending } = useDefinitions();
  const fields = definitions ? attributeFields(definitions, { t, language }) : guessedFields(user.attributes, t);
  const hiddenCount = (definitions?.length ?? 0) - fields.length;
  const about = definitions ? (
    <Link to={at('attributes')}>{t('attributes_define')}</Link>
  ) : (
    <span className="soft">{t('attributes_guessed')}</span>
  );
  return (
    <Panel title={t('attributes_title')} lead={t('attributes_lead')} actions={about}>
      {isPending ? (
        <SkeletonLines lines={3} label={t('attributes_title')} />
      ) : fields.length === 0 ? (
        <p className="soft">{t('attributes_none')}</p>
      ) : (
        <UserForm key={fields.map(({ name }) => name).join(' ')} user={user} etag={etag} fields={fields} />
      )}
      {hiddenCount > 0 && <p className="soft">{t('attributes_hidden', { count: hiddenCount })}</p>}
    </Panel>
  );
}

function UserForm({ user, etag, fields }: UserProfileProps & { readonly fields: readonly Field[] }) {
  const api = useApi();
  const { tenant } = useTenant();
  const path = { tenant, user_id: user.id };
  return (
    <ResourceForm
      operation="updateUser"
      request={{ path }}
      initial={user}
      etag={etag}
      latest={() => api.call('getUser', { path })}
      need="users:write"
      fields={fields}
      cli={({ body }) => asCommand(['users', 'update', tenant, user.username], body as Record<string, unknown>)}
    />
  );
}
