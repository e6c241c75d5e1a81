import type { MessageSet } from '../../language/messages.js';
import type { AccountClientFormPage } from '../developer-content.js';
import { displayName } from '../look/display-text.js';
import { AccountLayout } from './account-layout.js';
import { BackLink, RefusalNotice, memberLabel } from './client-parts.js';
import { ruleText } from './fault-text.js';
import { Form } from './form.js';
import { Notice } from './notice.js';

interface FormProps {
  readonly view: AccountClientFormPage;
  readonly messages: MessageSet;
}

type FieldView = AccountClientFormPage['fields'][number];
/** Without them nothing works, or nobody knows what it is. */
const MAIN = new Set(['client_name', 'redirect_uris']);
const LISTS = new Set(['redirect_uris', 'post_logout_redirect_uris', 'contacts']);
const ADDRESS_MAX_LENGTH = 2000;
const NAME_MAX_LENGTH = 200;
const HOSTS_MAX = 12;

/** A client is drafted or changed. What most leave alone is below the rest. */
export function AccountClientFormView({ view, messages }: FormProps) {
  const { name, fields, refusal, broken, types, backPath } = view;
  const client = displayName(name ?? '', messages.text('client.unnamed'));
  const title = name === undefined ? messages.text('clients.new') : messages.text('clients.editTitle', { client });
  const hasFault = fields.some(({ fault }) => fault !== undefined);
  const isError = hasFault || refusal !== undefined || broken !== undefined;
  return (
    <AccountLayout view={view} messages={messages} title={title} isError={isError}>
      <RefusalNotice refusal={refusal} messages={messages} />
      {hasFault && (
        <Notice
          kind="error"
          id="notice-refused"
          title={messages.text('clients.notSaved')}
          text={messages.text('profile.refusedText')}
        />
      )}
      {broken && <Broken broken={broken} messages={messages} />}
      {view.isLive && view.needsApproval && <p class="soft">{messages.text('clients.reviewHint')}</p>}
      <Form target={view} id="client-form" class="stack">
        {types.length > 0 && <Types view={view} messages={messages} />}
        {fields
          .filter((field) => MAIN.has(field.name))
          .map((field) => (
            <Field field={field} view={view} messages={messages} />
          ))}
        <Scopes view={view} messages={messages} />
        <Optional view={view} messages={messages} />
        <button id="client-submit" class="button primary" type="submit">
          {messages.text(view.isLive ? 'clients.saveChange' : 'clients.save')}
        </button>
      </Form>
      <BackLink path={backPath} name={name} messages={messages} />
    </AccountLayout>
  );
}

function Broken(props: {
  readonly broken: NonNullable<AccountClientFormPage['broken']>;
  readonly messages: MessageSet;
}) {
  const { broken, messages } = props;
  const member = memberLabel(broken.member.replace(/\[.*$/, ''), messages);
  return (
    <Notice
      kind="error"
      id="notice-refused"
      title={messages.text('clients.notSaved')}
      text={messages.text('clients.broken', { member })}
    >
      {broken.fault && (
        <p class="small">
          <code dir="ltr">{broken.member}</code> {ruleText(broken.fault, messages)}
        </p>
      )}
    </Notice>
  );
}

function Types({ view: { types }, messages }: FormProps) {
  return (
    <fieldset class="field">
      <legend>{messages.text('clients.type')}</legend>
      {types.map(({ type, isChosen }) => (
        <div class="tick">
          <input
            id={`type-${type}`}
            name="type"
            type="radio"
            value={type}
            checked={isChosen}
            required
            aria-describedby={`type-${type}-hint`}
          />
          <div>
            <label for={`type-${type}`}>{messages.text(`clients.type.${type}`)}</label>
            <p id={`type-${type}-hint`} class="small soft">
              {messages.text(`clients.typeHint.${type}`)}
            </p>
          </div>
        </div>
      ))}
    </fieldset>
  );
}

function Scopes({ view: { scopes, refreshTokens }, messages }: FormProps) {
  return (
    <fieldset class="field">
      <legend>{messages.text('clients.scopes')}</legend>
      {scopes.map(({ field, text, isTicked }, index) => (
        <div class="tick">
          <input id={`scope-${index}`} name={field} type="checkbox" value="on" checked={isTicked} />
          <label for={`scope-${index}`}>
            <code>{displayName(text, '', ADDRESS_MAX_LENGTH)}</code>
          </label>
        </div>
      ))}
      {refreshTokens !== undefined && (
        <div class="tick">
          <input id="refresh-tokens" name="refresh_tokens" type="checkbox" value="on" checked={refreshTokens} />
          <label for="refresh-tokens">{messages.text('clients.refreshTokens')}</label>
        </div>
      )}
    </fieldset>
  );
}

function Optional({ view, messages }: FormProps) {
  const fields = view.fields.filter((field) => !MAIN.has(field.name));
  const isOpen = view.name !== undefined || fields.some(({ fault, value }) => fault !== undefined || value !== '');
  return (
    <details open={isOpen}>
      <summary>{messages.text('clients.optional')}</summary>
      <div class="stack">
        {fields.map((field) => (
          <Field field={field} view={view} messages={messages} />
        ))}
      </div>
    </details>
  );
}

function Field({ field, view, messages }: FormProps & { readonly field: FieldView }) {
  const { name, value, fault } = field;
  const hints = fault === undefined ? hintsOf(field, view, messages) : [messages.text(`clients.fault.${fault}`)];
  const isBroken = view.broken?.member.replace(/\[.*$/, '') === name;
  const common = {
    id: name,
    name,
    autocomplete: 'off',
    spellcheck: false,
    'aria-describedby': hints.length > 0 ? `${name}-hint` : undefined,
    'aria-invalid': fault !== undefined || isBroken ? true : undefined,
  } as const;
  return (
    <div class="field">
      <label for={name}>{memberLabel(name, messages)}</label>
      {LISTS.has(name) ? (
        <textarea {...common} dir="ltr" rows={Math.min(Math.max(value.split('\n').length, 2), 8)}>
          {value}
        </textarea>
      ) : name === 'client_name' ? (
        <input {...common} type="text" dir="auto" value={value} maxLength={NAME_MAX_LENGTH} required />
      ) : (
        <input {...common} type="url" value={value} maxLength={ADDRESS_MAX_LENGTH} />
      )}
      {hints.length > 0 && (
        <p class={fault === undefined ? 'small soft' : 'small fault'} id={`${name}-hint`}>
          {hints.join(' ')}
        </p>
      )}
    </div>
  );
}

function hintsOf({ name }: FieldView, { hosts }: AccountClientFormPage, messages: MessageSet): string[] {
  if (name === 'client_name') return [messages.text('clients.hint.client_name')];
  if (name === 'contacts') return [messages.text('clients.hint.contacts')];
  if (name === 'post_logout_redirect_uris') return [messages.text('clients.hint.lines')];
  if (name !== 'redirect_uris') return [];
  const shown = hosts.slice(0, HOSTS_MAX).map((host) => displayName(host));
  return [
    messages.text('clients.hint.redirect_uris'),
    ...(shown.length > 0 ? [messages.text('clients.hint.hosts', { hosts: messages.list(shown) })] : []),
  ];
}
