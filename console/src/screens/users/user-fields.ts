import type { Field } from '../../kit/form-field.js';
import type { Translate } from '../../texts/texts.js';
import type { profileTexts } from './profile-texts.js';

type Key = keyof (typeof profileTexts)['en'];

/** How a person signs in and is reached. */
export function accountFields(t: Translate<Key>): readonly Field[] {
  return [
    {
      name: 'username',
      kind: 'text',
      label: t('username'),
      help: t('username_help'),
      isRequired: true,
      maxLength: 200,
    },
    { name: 'email', kind: 'email', label: t('email'), help: t('email_help') },
    {
      name: 'email_verified',
      kind: 'switch',
      label: t('email_verified'),
      help: t('email_verified_help'),
      when: ({ email }) => typeof email === 'string' && email !== '',
    },
  ];
}

/** The names that nearly everybody has. */
export function nameFields(t: Translate<Key>): readonly Field[] {
  return [
    { name: 'name', kind: 'text', label: t('name'), help: t('name_help') },
    { name: 'given_name', kind: 'text', label: t('given_name') },
    { name: 'family_name', kind: 'text', label: t('family_name') },
  ];
}

/** The other standard claims (OpenID Connect Core 1.0 §5.1), which few accounts have. */
export function rareFields(t: Translate<Key>): readonly Field[] {
  return [
    { name: 'phone_number', kind: 'text', label: t('phone_number'), placeholder: '+41791234567' },
    {
      name: 'phone_number_verified',
      kind: 'switch',
      label: t('phone_number_verified'),
      when: ({ phone_number }) => typeof phone_number === 'string' && phone_number !== '',
    },
    { name: 'middle_name', kind: 'text', label: t('middle_name') },
    { name: 'nickname', kind: 'text', label: t('nickname') },
    { name: 'preferred_username', kind: 'text', label: t('preferred_username'), help: t('preferred_username_help') },
    { name: 'locale', kind: 'text', label: t('locale'), placeholder: 'de-CH', isCode: true },
    { name: 'zoneinfo', kind: 'text', label: t('zoneinfo'), placeholder: 'Europe/Zurich', isCode: true },
    { name: 'birthdate', kind: 'text', label: t('birthdate'), placeholder: '1980-12-31', isCode: true },
    { name: 'gender', kind: 'text', label: t('gender') },
    { name: 'website', kind: 'url', label: t('website') },
    { name: 'profile', kind: 'url', label: t('profile') },
    { name: 'picture', kind: 'url', label: t('picture') },
    { name: 'address.street_address', kind: 'textarea', label: t('street_address') },
    { name: 'address.postal_code', kind: 'text', label: t('postal_code') },
    { name: 'address.locality', kind: 'text', label: t('locality') },
    { name: 'address.region', kind: 'text', label: t('region') },
    { name: 'address.country', kind: 'text', label: t('country') },
    { name: 'address.formatted', kind: 'textarea', label: t('formatted') },
  ];
}
