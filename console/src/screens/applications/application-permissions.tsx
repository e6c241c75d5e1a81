import { Panel } from '../../design/states.js';
import type { Field } from '../../kit/form-field.js';
import { MultiSelect } from '@mantine/core';
import { useTexts } from '../../texts/texts.js';
import type { ApplicationPart } from './application-part.js';
import { ApplicationForm } from './application-settings.js';
import { OWN_SCOPES, kindOf } from './application-kind.js';
import { permissionsField } from './permissions-field.js';
import { texts } from './texts.js';

const namesIn = (scope: unknown) => (typeof scope === 'string' ? scope.split(' ').filter((name) => name !== '') : []);
const ownScopes = (scope: unknown) => namesIn(scope).filter((name) => OWN_SCOPES.includes(name));

/** What the application may ask for: of the person who signs in, and at APIs as pairs of API and scopes. */
export function ApplicationPermissions(part: ApplicationPart) {
  const t = useTexts(texts);
  const isForPeople = kindOf(part.client) !== 'machine';
  const ofPeople: readonly Field[] = [
    {
      name: 'scope',
      kind: 'custom',
      label: t('own_scopes'),
      render: ({ id, value, error, onChange }) => (
        <MultiSelect
          id={id}
          label={t('own_scopes')}
          description={t('own_scopes_help')}
          error={error}
          value={ownScopes(value)}
          data={[...OWN_SCOPES]}
          hidePickedOptions
          searchable
          onChange={(chosen) => {
            const others = namesIn(value).filter((name) => !OWN_SCOPES.includes(name));
            // In the order of the list, so that what was added and removed again is no change.
            const before = ownScopes(value).filter((name) => chosen.includes(name));
            const added = chosen.filter((name) => !before.includes(name));
            onChange([...before, ...added, ...others].join(' '));
          }}
        />
      ),
    },
    {
      name: 'optional_scopes',
      kind: 'tags',
      label: t('optional_scopes'),
      help: t('optional_scopes_help'),
      suggestions: namesIn(part.client.scope).filter((name) => name !== 'openid'),
    },
  ];
  return (
    <Panel title={t('permissions')} lead={t('permissions_lead')}>
      <ApplicationForm
        {...part}
        fields={[permissionsField(t), ...(isForPeople ? ofPeople : [])]}
        // A name in `scope` could be one of another API; the pairs say which API is meant.
        toBody={(body, values) =>
          'scope' in body || 'permissions' in body
            ? {
                ...body,
                scope: ownScopes(isForPeople ? values['scope'] : part.client.scope).join(' '),
                permissions: values['permissions'],
              }
            : body
        }
      />
    </Panel>
  );
}
