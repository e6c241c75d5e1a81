import type { Field } from '../../kit/form-field.js';
import type { Translate } from '../../texts/texts.js';
import { PermissionChoice } from './permissions.js';
import type { texts } from './texts.js';

/** What can be changed of a role. */
export function roleFields(t: Translate<keyof (typeof texts)['en']>): readonly Field[] {
  return [
    { name: 'display_name', kind: 'text', label: t('display_name'), placeholder: t('example'), isRequired: true },
    { name: 'description', kind: 'text', label: t('description') },
    {
      name: 'permissions',
      kind: 'custom',
      label: t('permissions'),
      isRequired: true,
      render: (control) => <PermissionChoice {...control} />,
    },
  ];
}
