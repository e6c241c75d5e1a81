import type { ComponentChildren } from 'preact';
import type { MessageSet } from '../../language/messages.js';
import type { FramedPage, SectionRow } from '../account-content.js';
import { ACCOUNT_NOTICES } from '../account-notices.js';
import { webAddress } from '../look/web-address.js';
import { Form } from './form.js';
import { Layout } from './layout.js';
import { Name } from './name.js';
import { Notice } from './notice.js';

interface AccountLayoutProps {
  readonly view: FramedPage;
  readonly messages: MessageSet;
  /** Of the page, also its first heading. */
  readonly title: string;
  /** Something on the page is to be put right, and it says what. */
  readonly isError?: boolean;
  readonly children: ComponentChildren;
}

/** The frame of every page of the account: whose it is, the way out, and the way to the other pages. */
export function AccountLayout({ view, messages, title, isError, children }: AccountLayoutProps) {
  const { context, frame } = view;
  const { notice } = frame;
  const other = webAddress(frame.switchPath);
  const administration = webAddress(frame.consolePath);
  const key = notice && ACCOUNT_NOTICES[notice];
  return (
    <Layout context={context} messages={messages} title={title} isError={isError ?? false} width="wide">
      <div class="account-head">
        <div class="account-owner">
          <p class="soft">{messages.rich('account.signedInAs', { name: <Name of={frame.userName} /> })}</p>
          {other !== undefined && (
            <a id="switch-account" class="small" href={other}>
              {messages.text('account.switch')}
            </a>
          )}
          {administration !== undefined && (
            <a id="console" class="small" href={administration}>
              {messages.text('account.console')}
            </a>
          )}
        </div>
        <Form target={frame.signOut}>
          <button class="button compact" type="submit">
            {messages.text('account.signOut')}
          </button>
        </Form>
      </div>
      <nav class="account-nav" aria-label={messages.text('account.title')}>
        <ul>
          {frame.navigation.map(({ href, label, isCurrent }) => (
            <li>
              <a href={webAddress(href)} aria-current={isCurrent ? 'page' : undefined}>
                {label(messages)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <h1>{title}</h1>
      {key !== undefined && (
        <Notice
          kind="info"
          id="notice"
          title={messages.text(`notice.${key}.title`)}
          text={messages.text(`notice.${key}.text`)}
        />
      )}
      {children}
    </Layout>
  );
}

/** Sections, each with what it says of itself. */
export function SectionRows(props: { readonly rows: readonly SectionRow[]; readonly messages: MessageSet }) {
  const { rows, messages } = props;
  return (
    <ul class="rows sections">
      {rows.map(({ name, href, label, status }) => (
        <li id={name}>
          <a href={webAddress(href)}>{label(messages)}</a>
          {status && <span class="soft">{status(messages)}</span>}
        </li>
      ))}
    </ul>
  );
}
