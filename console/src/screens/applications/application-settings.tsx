import { useState } from 'react';
import { asCommand } from '../../api/command-text.js';
import type { Schema } from '../../api/operation.js';
import { Panel } from '../../design/states.js';
import type { Field } from '../../kit/form-field.js';
import { ResourceForm } from '../../kit/resource-form.js';
import { useTenant } from '../../shell/tenant-scope.js';
import { useTexts } from '../../texts/texts.js';
import type { ApplicationPart } from './application-part.js';
import { kindOf } from './application-kind.js';
import { texts } from './texts.js';
import { Warnings } from './warnings.js';

interface ChangeFormProps extends ApplicationPart {
  readonly fields: readonly Field[];
  readonly toBody?: (body: Readonly<Record<string, unknown>>, values: Readonly<Record<string, unknown>>) => unknown;
}

/** A part of the registration as a form; what was accepted and will not work is said after it was saved. */
export function ApplicationForm({ client, etag, latest, fields, toBody }: ChangeFormProps) {
  const { tenant } = useTenant();
  const [warnings, setWarnings] = useState<Schema<'Client'>['warnings']>();
  return (
    <div className="stack">
      {warnings && <Warnings warnings={warnings} />}
      <ResourceForm
        operation="updateClient"
        request={{ path: { tenant, client_id: client.client_id } }}
        initial={client}
        etag={etag}
        latest={latest}
        need="clients:write"
        fields={fields}
        {...(toBody && { toBody })}
        cli={({ body }) => asCommand(['clients', 'update', tenant, client.client_id], body as Record<string, unknown>)}
        onSaved={(saved) => setWarnings(saved.warnings)}
      />
    </div>
  );
}

/** Names, addresses, and what people read on the consent page. */
export function ApplicationSettings(part: ApplicationPart) {
  const t = useTexts(texts);
  const hasRedirects = part.client.response_types.length > 0;
  const isForPeople = kindOf(part.client) !== 'machine';
  const addresses: readonly Field[] = [
    {
      name: 'redirect_uris',
      kind: 'tags',
      label: t('redirect_uris'),
      help: t('redirect_uris_help'),
      isRequired: hasRedirects,
    },
    {
      name: 'post_logout_redirect_uris',
      kind: 'tags',
      label: t('post_logout_redirect_uris'),
      help: t('post_logout_redirect_uris_help'),
    },
    { name: 'initiate_login_uri', kind: 'url', label: t('initiate_login_uri'), help: t('initiate_login_uri_help') },
  ];
  const forPeople: readonly Field[] = [
    { name: 'first_party', kind: 'switch', label: t('first_party'), help: t('first_party_help') },
    {
      name: 'reviewed',
      kind: 'switch',
      label: t('reviewed'),
      help: t('reviewed_help'),
      when: ({ first_party: own }) => own !== true,
    },
    { name: 'client_uri', kind: 'url', label: t('client_uri'), help: t('client_uri_help') },
    { name: 'policy_uri', kind: 'url', label: t('policy_uri') },
    { name: 'tos_uri', kind: 'url', label: t('tos_uri') },
  ];
  return (
    <Panel title={t('settings')}>
      <ApplicationForm
        {...part}
        fields={[
          { name: 'client_name', kind: 'text', label: t('client_name'), help: t('client_name_help'), maxLength: 200 },
          ...(isForPeople ? [...addresses, ...forPeople] : []),
          { name: 'contacts', kind: 'tags', label: t('contacts'), help: t('contacts_help') },
        ]}
      />
    </Panel>
  );
}
