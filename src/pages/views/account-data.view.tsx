import type { MessageSet } from '../../language/messages.js';
import type { AccountDataPage, AccountDeletePage } from '../account-content.js';
import { webAddress } from '../look/web-address.js';
import { AccountLayout } from './account-layout.js';
import { Form } from './form.js';

interface DataProps {
  readonly view: AccountDataPage;
  readonly messages: MessageSet;
}

/** Taking one's data along, and leaving. */
export function AccountDataView({ view, messages }: DataProps) {
  return (
    <AccountLayout view={view} messages={messages} title={messages.text('data.title')}>
      <h2 class="section-title">{messages.text('data.download')}</h2>
      <p class="soft">{messages.text('data.downloadText')}</p>
      <Form target={view.download} class="after-list">
        <button id="download-submit" class="button" type="submit">
          {messages.text('data.downloadSubmit')}
        </button>
      </Form>
      <h2 class="section-title">{messages.text('data.delete')}</h2>
      <Deletion view={view} messages={messages} />
    </AccountLayout>
  );
}

function Deletion({ view: { deletion }, messages }: DataProps) {
  if (deletion.kind === 'refused') {
    return (
      <p class="soft">{messages.text(deletion.reason === 'off' ? 'data.deleteOff' : 'data.deleteAdministrator')}</p>
    );
  }
  if (deletion.kind === 'scheduled') {
    return (
      <>
        <p class="warn">{messages.text('data.attention', { date: deletion.date })}</p>
        <Form target={deletion.keep} class="after-list">
          <button id="keep-submit" class="button primary" type="submit">
            {messages.text('data.keep')}
          </button>
        </Form>
      </>
    );
  }
  return (
    <>
      <p class="soft">{messages.text('data.deleteText', { count: deletion.graceDays })}</p>
      <p class="after-list">
        <a id="delete-account" class="button" href={webAddress(deletion.path)}>
          {messages.text('data.deleteAsk')}
        </a>
      </p>
    </>
  );
}

/** The last question before an account is deleted. */
export function AccountDeleteView(props: { readonly view: AccountDeletePage; readonly messages: MessageSet }) {
  const { view, messages } = props;
  return (
    <AccountLayout view={view} messages={messages} title={messages.text('data.deleteTitle')}>
      <p>{messages.text('data.deleteConsequence', { count: view.graceDays })}</p>
      <p class="soft">{messages.text('data.deleteKeep')}</p>
      <Form target={view} id="delete-form" class="decision">
        <a class="button" href={webAddress(view.backPath)}>
          {messages.text('data.keep')}
        </a>
        <button id="delete-submit" class="button danger" type="submit">
          {messages.text('data.deleteSubmit')}
        </button>
      </Form>
    </AccountLayout>
  );
}
