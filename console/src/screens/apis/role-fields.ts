import type { Schema } from '../../api/operation.js';
import type { Field } from '../../kit/form-field.js';
import type { Translate } from '../../texts/texts.js';
import type { texts } from './texts.js';

export function roleFields(
  t: Translate<keyof (typeof texts)['en']>,
  scopes: readonly Schema<'ApiScope'>[],
): readonly Field[] {
  return [
    {
      name: 'name',
      kind: 'text',
      label: t('role_name'),
      help: t('role_name_help'),
      placeholder: 'editor',
      isRequired: true,
      isCode: true,
    },
    { name: 'display_name', kind: 'text', label: t('role_display_name'), help: t('role_display_name_help') },
    { name: 'description', kind: 'textarea', label: t('role_description') },
    {
      name: 'scopes',
      kind: 'multiselect',
      label: t('role_scopes'),
      help: t('role_scopes_help'),
      options: scopes.map(({ name }) => ({ value: name, label: name })),
    },
  ];
}
