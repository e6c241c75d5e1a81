import type { MessageSet } from '../../language/messages.js';
import type { AccountPasskeysPage, ListedPasskey } from '../account-content.js';
import { AccountLayout } from './account-layout.js';
import { Form } from './form.js';
import { Host, Name } from './name.js';
import { Notice } from './notice.js';
import { PasskeyScript, PasskeyTrouble } from './passkey-parts.js';

interface PasskeysProps {
  readonly view: AccountPasskeysPage;
  readonly messages: MessageSet;
}

export const PASSKEY_NAME_LENGTH = 60;

/** The person's passkeys: adding, naming and removing. */
export function AccountPasskeysView({ view, messages }: PasskeysProps) {
  const { context, passkeys, notice } = view;
  return (
    <AccountLayout view={view} messages={messages} title={messages.text('passkeys.title')} isError={!!notice}>
      {notice !== undefined && (
        <Notice
          kind="error"
          id="notice"
          title={messages.text('passkeys.refused.title')}
          text={messages.text(`passkeys.refused.${notice}`)}
        />
      )}
      <p class="soft">{messages.text('passkeys.text')}</p>
      {passkeys.length === 0 ? (
        <div class="panel">
          <p>{messages.text('passkeys.none')}</p>
          <p class="small soft">{messages.text('passkeys.noneText')}</p>
        </div>
      ) : (
        <ul class="places" id="passkeys">
          {passkeys.map((passkey) => (
            <Listed passkey={passkey} messages={messages} />
          ))}
        </ul>
      )}
      <Add view={view} messages={messages} />
      <PasskeyScript context={context} path={view.scriptPath} signals={view.signals} />
    </AccountLayout>
  );
}

/** The button is shown by the script, in browsers that know passkeys; the others say why there is none. */
function Add({ view: { add }, messages }: PasskeysProps) {
  if (!add) return null;
  return (
    <>
      <p class="soft after-list" data-passkey-missing>
        {messages.text('passkeys.needsScript')}
      </p>
      <div data-passkey-shown hidden>
        <PasskeyTrouble messages={messages} />
        <Form
          target={add}
          id="passkey-form"
          class="after-list"
          data={{ 'data-passkey': 'create', 'data-options': add.optionsPath }}
        >
          <input type="hidden" name="credential" value="" />
          <button id="passkey-add" class="button primary" type="button" data-passkey-start>
            {messages.text('passkeys.add')}
          </button>
        </Form>
      </div>
    </>
  );
}

function Listed({ passkey, messages }: { readonly passkey: ListedPasskey; readonly messages: MessageSet }) {
  const { id, createdAt, lastUsedAt, isSynced, elsewhere, rename, remove } = passkey;
  const name = <Name of={passkey.name} />;
  return (
    <li class="place">
      <div class="application-head">
        <div class="application-name">
          <h2>
            {name} {isSynced && <span class="chip">{messages.text('passkeys.synced')}</span>}
          </h2>
          <p class="small soft">{messages.text('passkeys.addedOn', { date: createdAt })}</p>
          <p class="small soft">
            {lastUsedAt === undefined
              ? messages.text('passkeys.neverUsed')
              : messages.text('passkeys.lastUsedOn', { date: lastUsedAt })}
          </p>
          {elsewhere !== undefined && (
            <p class="small soft">{messages.rich('passkeys.elsewhere', { host: <Host of={elsewhere} /> })}</p>
          )}
        </div>
        <Form target={remove}>
          <button class="button compact" type="submit">
            <span aria-hidden="true">{messages.text('passkeys.remove')}</span>
            <span class="only-spoken">{messages.rich('passkeys.removeOf', { name })}</span>
          </button>
        </Form>
      </div>
      <details>
        <summary>
          <span aria-hidden="true">{messages.text('passkeys.rename')}</span>
          <span class="only-spoken">{messages.rich('passkeys.renameOf', { name })}</span>
        </summary>
        <Form target={rename} class="passkey-rename">
          <div class="field">
            <label for={`name-${id}`}>{messages.text('passkeys.name')}</label>
            <input
              id={`name-${id}`}
              name="name"
              type="text"
              value={passkey.name}
              maxLength={PASSKEY_NAME_LENGTH}
              autocomplete="off"
              dir="auto"
              required
            />
          </div>
          <button class="button" type="submit">
            {messages.text('passkeys.save')}
          </button>
        </Form>
      </details>
    </li>
  );
}
