import type { MessageSet } from '../../language/messages.js';
import { displayName } from '../look/display-text.js';
import { foreignAddress, webAddress } from '../look/web-address.js';
import type { AccountFormPage, TermsQuestion } from '../sign-up-content.js';
import { AccountFieldInput } from './account-field.js';
import { AttributeField } from './attribute-field.js';
import { Form } from './form.js';
import { Layout } from './layout.js';
import { Name } from './name.js';
import { Notice } from './notice.js';
import { PasswordScript } from './password-input.js';

interface AccountFormProps {
  readonly view: AccountFormPage;
  readonly messages: MessageSet;
}

/** Everything on one page, so that nothing is asked twice and a password manager sees the address and the password. */
export function AccountFormView({ view, messages }: AccountFormProps) {
  const { context, kind, inputs, attributes = [], terms, minLength, isBusy = false } = view;
  const tenant = displayName(context.tenant.displayName);
  const hasFaults = [...inputs, ...attributes, ...(terms ? [terms] : [])].some(({ fault }) => fault !== undefined);
  const title =
    kind === 'sign-up'
      ? messages.text('signUp.title', { tenant })
      : kind === 'invitation'
        ? messages.text('invitation.title', { tenant })
        : messages.text('setPassword.title');
  const signIn = webAddress(view.signInPath);
  const first = inputs.findIndex(({ value }) => !value);
  return (
    <Layout context={context} messages={messages} title={title} isError={hasFaults || isBusy}>
      <h1>{title}</h1>
      <Lead view={view} messages={messages} />
      {isBusy && (
        <Notice
          kind="error"
          id="notice"
          title={messages.text('notice.busy.title')}
          text={messages.text('notice.busy.text')}
        />
      )}
      {hasFaults && (
        <Notice
          kind="error"
          id="notice"
          title={messages.text('signUp.failed')}
          text={messages.text('signUp.failedText')}
        />
      )}
      <Form target={view} id="sign-up-form" class="stack">
        {kind !== 'sign-up' && view.owner !== undefined && (
          <input type="text" name="owner" value={view.owner} autocomplete="username" hidden readOnly />
        )}
        {inputs.map((field, index) => (
          <AccountFieldInput
            field={field}
            messages={messages}
            minLength={minLength}
            takesFocus={!hasFaults && !isBusy && index === first}
          />
        ))}
        {attributes.map((field) => (
          <AttributeField field={field} messages={messages} />
        ))}
        {terms !== undefined && <TermsTick terms={terms} tenant={tenant} messages={messages} />}
        <button id="sign-up-submit" class="button primary" type="submit">
          {messages.text(kind === 'set-password' ? 'setPassword.submit' : 'signUp.submit')}
        </button>
      </Form>
      {signIn !== undefined && (
        <p class="small hint">
          <a href={signIn}>{messages.text('signUp.haveAccount')}</a>
        </p>
      )}
      <PasswordScript context={context} />
    </Layout>
  );
}

function Lead({ view: { kind, owner = '', context }, messages }: AccountFormProps) {
  if (kind === 'sign-up') return null;
  const tenant = <Name of={context.tenant.displayName} />;
  return (
    <p class="lead">
      {kind === 'invitation'
        ? messages.rich('invitation.text', { address: <Name of={owner} /> })
        : messages.rich('setPassword.text', { username: <Name of={owner} />, tenant })}
    </p>
  );
}

interface TermsProps {
  readonly terms: TermsQuestion;
  readonly tenant: string;
  readonly messages: MessageSet;
}

function TermsTick({ terms: { version, uri, isAccepted, fault }, tenant, messages }: TermsProps) {
  const href = foreignAddress(uri);
  return (
    <div class="field">
      <div class="tick">
        <input
          id="terms"
          name="terms"
          type="checkbox"
          value={version}
          required
          checked={isAccepted}
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault && 'terms-fault'}
        />
        <label for="terms">
          {href === undefined
            ? messages.text('signUp.termsPlain', { tenant })
            : messages.rich('signUp.terms', {
                tenant,
                terms: (parts) => (
                  <a href={href} target="_blank" rel="noreferrer noopener">
                    {parts}
                  </a>
                ),
              })}
        </label>
      </div>
      {fault !== undefined && (
        <p class="small fault" id="terms-fault">
          {messages.text('signUp.fault.not_accepted')}
        </p>
      )}
    </div>
  );
}
