import type { Field } from '../../kit/form-field.js';
import type { Translate } from '../../texts/texts.js';
import type { texts } from './texts.js';

/** What an API is, but for its scopes. */
export function apiFields(t: Translate<keyof (typeof texts)['en']>): readonly Field[] {
  return [
    {
      name: 'display_name',
      kind: 'text',
      label: t('display_name'),
      help: t('display_name_help'),
      isRequired: true,
      maxLength: 200,
    },
  ];
}

/** What its access tokens are like. */
export function tokenFields(t: Translate<keyof (typeof texts)['en']>): readonly Field[] {
  return [
    {
      name: 'access_token_format',
      kind: 'select',
      label: t('format'),
      help: t('format_help'),
      options: [
        { value: 'jwt', label: t('format_jwt') },
        { value: 'opaque', label: t('format_opaque') },
      ],
    },
    {
      name: 'access_token_typ',
      kind: 'select',
      label: t('typ'),
      help: t('typ_help'),
      options: ['at+jwt', 'JWT'].map((value) => ({ value, label: value })),
      when: ({ access_token_format: format }) => format !== 'opaque',
    },
    {
      name: 'access_token_lifetime_seconds',
      kind: 'number',
      label: t('lifetime'),
      help: t('lifetime_help'),
      unit: t('seconds'),
      placeholder: t('by_policy'),
      min: 1,
    },
    {
      name: 'introspection_client_ids',
      kind: 'tags',
      label: t('introspection'),
      help: t('introspection_help'),
    },
    {
      name: 'roles_in_tokens',
      kind: 'select',
      label: t('roles_in_tokens'),
      help: t('roles_in_tokens_help'),
      options: (['off', 'claims', 'claims_and_scope'] as const).map((value) => ({ value, label: t(`roles_${value}`) })),
    },
  ];
}
