import type { Field } from '../../kit/form-field.js';
import { useTexts } from '../../texts/texts.js';
import { EventTypesField } from './event-types-field.js';
import { texts } from './texts.js';

export function useWebhookFields(tenant: string): readonly Field[] {
  const t = useTexts(texts);
  return [
    {
      name: 'url',
      kind: 'url',
      label: t('url'),
      help: t('url_help'),
      placeholder: 'https://hooks.example.com/tenantry',
      isRequired: true,
      isCode: true,
      maxLength: 2000,
    },
    { name: 'description', kind: 'text', label: t('description'), help: t('description_help'), maxLength: 200 },
    {
      name: 'event_types',
      kind: 'custom',
      label: t('event_types'),
      render: (control) => <EventTypesField tenant={tenant} {...control} />,
    },
  ];
}
