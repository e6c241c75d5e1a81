import type { MessageKey, MessageSet } from '../../language/messages.js';
import type { AccountProfilePage, ProfileFieldView } from '../account-content.js';
import { webAddress } from '../look/web-address.js';
import { AttributeField, attributeText, labelOf as attributeLabel } from './attribute-field.js';
import { AccountLayout } from './account-layout.js';
import { Form } from './form.js';
import { Notice } from './notice.js';

interface ProfileProps {
  readonly view: AccountProfilePage;
  readonly messages: MessageSet;
}

interface FieldProps extends ProfileProps {
  readonly field: ProfileFieldView;
}

const ADDRESSES = new Set(['picture', 'website', 'profile']);
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LABELS = {
  name: 'profile.name',
  given_name: 'profile.given_name',
  family_name: 'profile.family_name',
  middle_name: 'profile.middle_name',
  nickname: 'profile.nickname',
  preferred_username: 'profile.preferred_username',
  picture: 'profile.picture',
  profile: 'profile.profile',
  website: 'profile.website',
  gender: 'profile.gender',
  birthdate: 'profile.birthdate',
  locale: 'profile.locale',
  zoneinfo: 'profile.zoneinfo',
  phone_number: 'profile.phone_number',
  'address/street_address': 'profile.street_address',
  'address/postal_code': 'profile.postal_code',
  'address/locality': 'profile.locality',
  'address/region': 'profile.region',
  'address/country': 'profile.country',
} as const satisfies Readonly<Record<string, MessageKey>>;
/** HTML §4.10.18.7.1: what browsers fill in by themselves. */
const AUTOCOMPLETE: Readonly<Record<string, string>> = {
  name: 'name',
  given_name: 'given-name',
  family_name: 'family-name',
  middle_name: 'additional-name',
  nickname: 'nickname',
  picture: 'photo',
  website: 'url',
  birthdate: 'bday',
  locale: 'language',
  phone_number: 'tel',
  'address/street_address': 'street-address',
  'address/postal_code': 'postal-code',
  'address/locality': 'address-level2',
  'address/region': 'address-level1',
  'address/country': 'country-name',
};

/** What a person tells of themselves. What they may change is a form, and the rest a list. */
export function AccountProfileView({ view, messages }: ProfileProps) {
  const { members, attributes = [], username, email } = view;
  const ownFields = attributes.filter(({ isEditable }) => isEditable);
  const editable = members.filter(({ isEditable }) => isEditable);
  const shown = members.filter(({ isEditable, value }) => !isEditable && value !== '');
  const changePath = webAddress(email?.changePath);
  const hasFault = [...members, ...attributes].some(({ fault }) => fault !== undefined);
  return (
    <AccountLayout view={view} messages={messages} title={messages.text('profile.title')} isError={hasFault}>
      {hasFault && (
        <Notice
          kind="error"
          id="notice-refused"
          title={messages.text('profile.refused')}
          text={messages.text('profile.refusedText')}
        />
      )}
      <dl class="facts">
        <Fact label={messages.text('signIn.username')} value={username} />
        {email !== undefined && (
          <div>
            <dt>{messages.text('profile.email')}</dt>
            <dd>
              <bdi>{email.value ?? messages.text('profile.none')}</bdi>{' '}
              {email.value !== undefined && (
                <span class={email.isVerified ? 'chip' : 'chip new'}>
                  {messages.text(email.isVerified ? 'profile.verified' : 'profile.notVerified')}
                </span>
              )}{' '}
              {changePath !== undefined && (
                <a id="change-email" href={changePath}>
                  {messages.text('profile.changeEmail')}
                </a>
              )}
            </dd>
          </div>
        )}
        {shown.map(({ name, value }) => (
          <Fact label={labelOf(name, messages)} value={value} />
        ))}
        {attributes
          .filter(({ isEditable }) => !isEditable)
          .map((field) => {
            const text = attributeText(field, messages);
            return text === undefined ? null : <Fact label={attributeLabel(field, messages)} value={text} />;
          })}
      </dl>
      {editable.length + ownFields.length > 0 && (
        <Form target={view} id="profile-form" class="stack">
          {editable.map((field) => (
            <Field field={field} view={view} messages={messages} />
          ))}
          {ownFields.map((field) => (
            <AttributeField field={field} messages={messages} />
          ))}
          <button id="profile-submit" class="button primary" type="submit">
            {messages.text('profile.submit')}
          </button>
        </Form>
      )}
    </AccountLayout>
  );
}

function Fact({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <bdi>{value}</bdi>
      </dd>
    </div>
  );
}

function Field({ field, view, messages }: FieldProps) {
  const { name, fault } = field;
  const id = name.replace('/', '-');
  const hint = hintOf(field, view, messages);
  return (
    <div class="field">
      <label for={id}>{labelOf(name, messages)}</label>
      <Input field={field} view={view} messages={messages} id={id} describedBy={hint && `${id}-hint`} />
      {hint !== undefined && (
        <p class={fault === undefined ? 'small soft' : 'small fault'} id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

function Input(props: FieldProps & { readonly id: string; readonly describedBy: string | undefined }) {
  const { field, view, messages, id, describedBy } = props;
  const { name, value, maxLength, fault } = field;
  const common = {
    id,
    name,
    autocomplete: AUTOCOMPLETE[name] ?? 'off',
    'aria-describedby': describedBy,
    'aria-invalid': fault === undefined ? undefined : true,
  } as const;
  if (name === 'locale') return <LanguageSelect common={common} value={value} view={view} messages={messages} />;
  if (name === 'address/street_address') {
    return (
      <textarea {...common} dir="auto" rows={2} maxLength={maxLength}>
        {value}
      </textarea>
    );
  }
  const input = { ...common, value, maxLength };
  // A birthday that is known in part would be lost in a field for dates.
  if (name === 'birthdate' && (value === '' || DAY.test(value))) return <input {...input} type="date" />;
  if (name === 'phone_number') return <input {...input} type="tel" />;
  if (ADDRESSES.has(name)) return <input {...input} type="url" />;
  return <input {...input} type="text" dir="auto" />;
}

function LanguageSelect(
  props: ProfileProps & { readonly common: Readonly<Record<string, unknown>>; readonly value: string },
) {
  const { common, value, view, messages } = props;
  const isKnown = value === '' || view.languages.some(({ tag }) => tag === value);
  return (
    <select {...common}>
      <option value="" selected={value === ''}>
        {messages.text('profile.noLanguage')}
      </option>
      {!isKnown && (
        <option value={value} selected>
          {value}
        </option>
      )}
      {view.languages.map(({ tag, name }) => (
        <option value={tag} lang={tag} selected={tag === value}>
          {name}
        </option>
      ))}
    </select>
  );
}

function labelOf(name: string, messages: MessageSet): string {
  return Object.hasOwn(LABELS, name) ? messages.text(LABELS[name as keyof typeof LABELS]) : name;
}

function hintOf({ name, fault, value }: ProfileFieldView, view: AccountProfilePage, messages: MessageSet) {
  if (fault !== undefined) return messages.text(`profile.fault.${fault}`);
  if (name === 'picture') return messages.text('profile.pictureHint');
  if (name === 'zoneinfo') return messages.text('profile.zoneinfoHint');
  if (name === 'locale') return messages.text('profile.localeHint');
  if (name !== 'phone_number') return undefined;
  return value !== '' && view.phoneIsVerified
    ? messages.text('profile.phoneVerified')
    : messages.text('profile.phoneHint');
}
