import type { ComponentChildren } from 'preact';
import { displayName } from '../look/display-text.js';
import type { MessageSet } from '../../language/messages.js';
import type { SignInNotice, SignInPage } from '../page-content.js';
import { Avatar } from './avatar.js';
import { Form } from './form.js';
import { PasskeyScript, PasskeyTrouble } from './passkey-parts.js';
import { foreignAddress, webAddress } from '../look/web-address.js';
import { waitText } from '../wait.js';
import { brandText } from './brand-text.js';
import { Layout } from './layout.js';
import { Host, Name } from './name.js';
import { Notice } from './notice.js';
import { PasswordInput, PasswordScript } from './password-input.js';

interface SignInProps {
  readonly view: SignInPage;
  readonly messages: MessageSet;
}

/** Generous enough for any address and any password manager; a server that accepts less must refuse, not cut. */
const USERNAME_MAX_LENGTH = 320;

const NOTICES = {
  invalid_credentials: { kind: 'error', key: 'invalidCredentials' },
  credentials_required: { kind: 'error', key: 'credentialsRequired' },
  identifier_required: { kind: 'error', key: 'identifierRequired' },
  too_many_attempts: { kind: 'error', key: 'tooManyAttempts' },
  busy: { kind: 'error', key: 'busy' },
  csrf: { kind: 'error', key: 'csrf' },
  session_expired: { kind: 'info', key: 'sessionExpired' },
  reauthenticate: { kind: 'info', key: 'reauthenticate' },
  other_account: { kind: 'info', key: 'otherAccount' },
  password_reset: { kind: 'info', key: 'passwordReset' },
  password_reset_elsewhere: { kind: 'info', key: 'passwordResetElsewhere' },
  passkey_expired: { kind: 'error', key: 'passkeyExpired' },
  passkey_unknown: { kind: 'error', key: 'passkeyUnknown' },
  passkey_refused: { kind: 'error', key: 'passkeyRefused' },
  passkey_off: { kind: 'error', key: 'passkeyOff' },
} as const satisfies Record<SignInNotice, { kind: 'error' | 'info'; key: string }>;

const REFUSALS: ReadonlySet<SignInNotice> = new Set([
  'invalid_credentials',
  'credentials_required',
  'identifier_required',
]);

/** Username and password on one page, so that password managers can fill both (WCAG 2.2, 3.3.8). */
export function SignInView({ view, messages }: SignInProps) {
  const { context, notice, continueAs } = view;
  const heading = signInHeading(view, messages);
  const { text, ...language } = brandText(context, 'signInText');
  return (
    <Layout
      context={context}
      messages={messages}
      title={heading}
      isError={notice !== undefined && NOTICES[notice].kind === 'error'}
    >
      <h1>{heading}</h1>
      {text !== '' && (
        <p class="lead" {...language}>
          {text}
        </p>
      )}
      <Destination view={view} messages={messages} />
      {notice !== undefined && <SignInNoticeBox view={view} notice={notice} messages={messages} />}
      <Accounts view={view} messages={messages} />
      {continueAs !== undefined && (
        <>
          <Form target={continueAs} class="stack">
            <button class="button primary" type="submit">
              <span>{messages.rich('signIn.continueAs', { name: <Name of={continueAs.name} /> })}</span>
            </button>
          </Form>
          <p class="divider">{messages.text('signIn.otherAccount')}</p>
        </>
      )}
      {view.stage === 'prove' && <Identified view={view} messages={messages} />}
      {view.isPasskeyFirst && <Passkey view={view} messages={messages} />}
      <Credentials view={view} messages={messages} />
      {!view.isPasskeyFirst && <Passkey view={view} messages={messages} />}
      <ForgottenPassword view={view} messages={messages} />
      <NewAccount view={view} messages={messages} />
      <PasswordScript context={context} />
    </Layout>
  );
}

/** One of several accounts of this browser, or another one below. */
function Accounts({ view: { accounts }, messages }: SignInProps) {
  if (!accounts) return null;
  return (
    <>
      <ul id="accounts" class="account-choice">
        {accounts.map((account) => (
          <li>
            <Form target={account} class="stack">
              <button class="button" type="submit">
                <span>{messages.rich('signIn.continueAs', { name: <Name of={account.name} /> })}</span>
              </button>
              <button class="text-button" type="submit" name="decision" value="sign_out">
                {messages.rich('signIn.signOutOf', { name: <Name of={account.username} /> })}
              </button>
            </Form>
          </li>
        ))}
      </ul>
      <p class="divider">{messages.text('signIn.otherAccount')}</p>
    </>
  );
}

function Credentials({ view, messages }: SignInProps) {
  const { notice, username, continueAs } = view;
  const { stage } = view;
  const isRefused = notice !== undefined && REFUSALS.has(notice);
  const describedBy = isRefused ? 'notice' : undefined;
  const takesFocus = notice === undefined && continueAs === undefined && view.accounts === undefined;
  return (
    <Form target={view} id="login-form" class="stack">
      {stage === 'prove' ? (
        <input type="text" name="username" value={username} autocomplete="username" hidden readOnly />
      ) : (
        <Field id="username" label={messages.text('signIn.identifier')}>
          <input
            id="username"
            name="username"
            type="text"
            value={username}
            autocomplete={view.passkey ? 'username webauthn' : 'username'}
            autocapitalize="none"
            autocorrect="off"
            spellcheck={false}
            maxLength={USERNAME_MAX_LENGTH}
            dir="auto"
            required
            autofocus={takesFocus && !username}
            aria-invalid={isRefused ? true : undefined}
            aria-describedby={describedBy}
          />
        </Field>
      )}
      {stage === 'identify' ? (
        <input type="hidden" name="step" value="identify" />
      ) : (
        <Field id="password" label={messages.text('signIn.password')}>
          <PasswordInput
            name="password"
            messages={messages}
            autocomplete="current-password"
            takesFocus={takesFocus && !!username}
            isInvalid={isRefused}
            describedBy={describedBy}
          />
        </Field>
      )}
      {view.rememberMe && stage !== 'identify' && (
        <label class="choice">
          <input id="remember-me" type="checkbox" name="remember_me" value="on" checked={view.rememberMe.isTicked} />
          <span>{messages.text('signIn.rememberMe')}</span>
        </label>
      )}
      <button id="login-submit" class={continueAs ? 'button' : 'button primary'} type="submit">
        {messages.text(stage === 'identify' ? 'signIn.next' : 'signIn.submit')}
      </button>
    </Form>
  );
}

/** Whose password is asked for, and the way for everybody else. */
function Identified({ view: { username = '', otherPath }, messages }: SignInProps) {
  const other = webAddress(otherPath);
  return (
    <div class="signed-in">
      <p>
        {messages.rich('signIn.as', {
          name: (
            <strong>
              <Name of={username} />
            </strong>
          ),
        })}
      </p>
      {other !== undefined && (
        <p>
          <a id="sign-in-other" href={other}>
            {messages.text('consent.switchAccount')}
          </a>
        </p>
      )}
    </div>
  );
}

/** The button is shown by the script, in browsers that know passkeys. */
function Passkey({ view, messages }: SignInProps) {
  const { passkey, context } = view;
  if (!passkey) return null;
  return (
    <div class="passkey" data-passkey-shown hidden>
      {!view.isPasskeyFirst && <p class="divider">{messages.text('signIn.or')}</p>}
      <PasskeyTrouble messages={messages} />
      <Form
        target={passkey}
        id="passkey-form"
        class="stack"
        data={{
          'data-passkey': 'get',
          'data-options': passkey.optionsPath,
          // Passkeys are offered in the field for the user name, where there is one.
          ...(view.stage !== 'prove' && { 'data-autofill': '' }),
        }}
      >
        <input type="hidden" name="credential" value="" />
        {view.rememberMe && <input type="hidden" name="remember_me" value="" data-copies="remember-me" />}
        <button
          id="passkey-submit"
          class={view.isPasskeyFirst ? 'button primary' : 'button'}
          type="button"
          data-passkey-start
        >
          {messages.text('signIn.passkey')}
        </button>
      </Form>
      <PasskeyScript context={context} path={passkey.scriptPath} signals={passkey.signals ?? []} />
      {view.isPasskeyFirst && <p class="divider">{messages.text('signIn.or')}</p>}
    </div>
  );
}

function ForgottenPassword({ view, messages }: SignInProps) {
  const elsewhere = foreignAddress(view.context.tenant.branding.links?.passwordResetUri);
  const reset = elsewhere ?? webAddress(view.forgottenPath);
  if (reset === undefined) return null;
  return (
    <p class="small hint">
      <a href={reset}>{messages.text('signIn.forgotPassword')}</a>
    </p>
  );
}

function NewAccount({ view, messages }: SignInProps) {
  const signUp = webAddress(view.signUpPath);
  if (signUp === undefined) return null;
  return (
    <p class="small hint">
      <a id="sign-up-link" href={signUp}>
        {messages.text('signUp.link')}
      </a>
    </p>
  );
}

function Field(props: { readonly id: string; readonly label: string; readonly children: ComponentChildren }) {
  return (
    <div class="field">
      <label id={`${props.id}-label`} for={props.id}>
        {props.label}
      </label>
      {props.children}
    </div>
  );
}

/** Which application, and on which host: the person sees before typing where this leads. */
function Destination({ view: { clientName, redirectHost }, messages }: SignInProps) {
  if (clientName === undefined) return null;
  return (
    <div class="client">
      <Avatar name={clientName} messages={messages} />
      <div>
        <p class="client-name">
          <span class="soft">{messages.text('signIn.continueTo')}</span>{' '}
          <Name of={clientName} fallback={messages.text('client.unnamed')} />
        </p>
        {redirectHost !== undefined && (
          <p class="small soft">
            <Host of={redirectHost} />
          </p>
        )}
      </div>
    </div>
  );
}

function SignInNoticeBox({ view, notice, messages }: SignInProps & { readonly notice: SignInNotice }) {
  const { kind, key } = NOTICES[notice];
  const seconds = notice === 'too_many_attempts' ? view.retryAfterSeconds : undefined;
  const text =
    seconds === undefined
      ? messages.text(`notice.${key}.text`)
      : messages.text('notice.tooManyAttempts.wait', { wait: waitText(messages, seconds) });
  return <Notice kind={kind} id="notice" title={messages.text(`notice.${key}.title`)} text={text} />;
}

function signInHeading(view: SignInPage, messages: MessageSet): string {
  const tenant = displayName(view.context.tenant.displayName);
  const { locale, tenant: look } = view.context;
  return displayName(look.branding.texts?.[locale]?.signInTitle ?? '', messages.text('signIn.title', { tenant }));
}
