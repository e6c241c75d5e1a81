import type { Field } from '../../kit/form-field.js';
import type { Translate } from '../../texts/texts.js';
import type { texts } from './texts.js';

export function groupFields(t: Translate<keyof (typeof texts)['en']>): readonly Field[] {
  return [
    {
      name: 'name',
      kind: 'text',
      label: t('name'),
      help: t('name_help'),
      placeholder: 'platform:admins',
      isRequired: true,
      isCode: true,
    },
    { name: 'display_name', kind: 'text', label: t('display_name'), help: t('display_name_help') },
    { name: 'description', kind: 'textarea', label: t('description') },
  ];
}
