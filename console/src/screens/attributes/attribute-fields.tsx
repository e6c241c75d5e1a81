import { Checkbox, Group } from '@mantine/core';
import type { Field, FieldControl } from '../../kit/form-field.js';
import type { Translate } from '../../texts/texts.js';
import { AllowedValues } from './allowed-values.js';
import type { texts } from './texts.js';

type Key = keyof (typeof texts)['en'];

interface Known {
  readonly isNew: boolean;
  /** Scopes of the tenant's APIs. */
  readonly scopes: readonly string[];
  readonly clients: readonly { readonly value: string; readonly label: string }[];
}

const TYPES = ['string', 'number', 'boolean', 'string_list'] as const;
const STANDARD_SCOPES = ['openid', 'profile', 'email', 'phone', 'address', 'groups'];
const TOKENS = ['id_token', 'userinfo', 'access_token'] as const;

/** What a definition is made of: what it is, who sees and changes it, and how applications get it. */
export function attributeFields(t: Translate<Key>, known: Known): readonly Field[] {
  const hasText = ({ type }: Readonly<Record<string, unknown>>) => type === 'string' || type === 'string_list';
  const hasClaim = ({ has_claim }: Readonly<Record<string, unknown>>) => has_claim === true;
  return [
    {
      name: 'name',
      kind: 'text',
      label: t('name'),
      help: t('name_help'),
      placeholder: 'cost_center',
      isRequired: true,
      isCode: true,
      isDisabled: !known.isNew,
    },
    {
      name: 'type',
      kind: 'select',
      label: t('type'),
      help: t('type_help'),
      options: TYPES.map((value) => ({ value, label: t(`type_${value}`) })),
      isRequired: true,
      isDisabled: !known.isNew,
    },
    { name: 'labels.en', kind: 'text', label: t('label_en'), help: t('labels_help') },
    { name: 'labels.de', kind: 'text', label: t('label_de') },
    {
      name: 'readable_by',
      kind: 'custom',
      label: t('readable_by'),
      render: (control) => (
        <Choices control={control} label={t('readable_by')} help={t('readable_help')} options={who(t)} />
      ),
    },
    {
      name: 'editable_by',
      kind: 'custom',
      label: t('editable_by'),
      render: (control) => (
        <Choices control={control} label={t('editable_by')} help={t('editable_help')} options={who(t)} />
      ),
    },
    {
      name: 'required_at',
      kind: 'custom',
      label: t('required_at'),
      when: ({ editable_by }) => Array.isArray(editable_by) && editable_by.includes('user'),
      render: (control) => (
        <Choices
          control={control}
          label={t('required_at')}
          help={t('required_help')}
          options={[
            ['sign_up', t('sign_up')],
            ['sign_in', t('sign_in')],
          ]}
        />
      ),
    },
    {
      name: 'allowed_values',
      kind: 'custom',
      label: t('allowed_values'),
      when: hasText,
      render: (control) => <AllowedValues {...control} />,
    },
    {
      name: 'max_length',
      kind: 'number',
      label: t('max_length'),
      placeholder: '200',
      min: 1,
      max: 1000,
      when: hasText,
    },
    {
      name: 'max_items',
      kind: 'number',
      label: t('max_items'),
      placeholder: '20',
      min: 1,
      max: 50,
      when: ({ type }) => type === 'string_list',
    },
    { name: 'order', kind: 'number', label: t('order'), help: t('order_help'), placeholder: '0' },
    { name: 'has_claim', kind: 'switch', label: t('has_claim'), help: t('has_claim_help') },
    {
      name: 'claim.name',
      kind: 'text',
      label: t('claim_name'),
      help: t('claim_name_help'),
      placeholder: 'https://acme.example/cost_center',
      isRequired: true,
      isCode: true,
      when: hasClaim,
    },
    {
      name: 'claim.scopes',
      kind: 'tags',
      label: t('claim_scopes'),
      help: t('claim_scopes_help'),
      suggestions: [...new Set([...STANDARD_SCOPES, ...known.scopes])],
      isRequired: true,
      when: hasClaim,
    },
    {
      name: 'claim.client_ids',
      kind: 'multiselect',
      label: t('claim_clients'),
      help: t('claim_clients_help'),
      options: known.clients,
      when: (values) => hasClaim(values) && known.clients.length > 0,
    },
    {
      name: 'claim.tokens',
      kind: 'custom',
      label: t('claim_tokens'),
      when: hasClaim,
      render: (control) => (
        <Choices
          control={control}
          label={t('claim_tokens')}
          help={t('claim_tokens_help')}
          options={TOKENS.map((one) => [one, t(one)])}
        />
      ),
    },
    {
      name: 'claim.self_asserted',
      kind: 'switch',
      label: t('self_asserted'),
      help: t('self_asserted_help'),
      when: hasClaim,
    },
  ];
}

function who(t: Translate<Key>): readonly (readonly [string, string])[] {
  return [
    ['user', t('user_long')],
    ['admin', t('admin_long')],
  ];
}

interface ChoicesProps {
  readonly control: FieldControl;
  readonly label: string;
  readonly help: string;
  readonly options: readonly (readonly [string, string])[];
}

/** A few values, any of them. */
function Choices({ control: { id, value, onChange, error }, label, help, options }: ChoicesProps) {
  return (
    <Checkbox.Group
      id={id}
      tabIndex={-1}
      label={label}
      description={help}
      error={error}
      value={Array.isArray(value) ? (value as string[]) : []}
      onChange={onChange}
    >
      <Group mt="xs">
        {options.map(([name, text]) => (
          <Checkbox key={name} value={name} label={text} />
        ))}
      </Group>
    </Checkbox.Group>
  );
}
