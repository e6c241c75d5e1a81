import type { MessageSet } from '../../language/messages.js';
import type { AccountSecondFactorPage } from '../second-factor-content.js';
import { webAddress } from '../look/web-address.js';
import { AccountLayout } from './account-layout.js';
import { factorName } from './factor-texts.js';
import { Form } from './form.js';
import { PasskeyLinkScript, shownWithPasskeys } from './passkey-parts.js';

interface AccountSecondFactorProps {
  readonly view: AccountSecondFactorPage;
  readonly messages: MessageSet;
}

/** What is set up, what can be, and the browsers that are remembered. */
export function AccountSecondFactorView({ view, messages }: AccountSecondFactorProps) {
  const { factors, setUp, recoveryCodes, devices } = view;
  return (
    <AccountLayout view={view} messages={messages} title={messages.text('factors.account.title')}>
      <p class="soft">{messages.text('factors.account.text')}</p>
      <ul class="places" id="factors">
        {factors.map(({ addedAt, remove, isLast, ...named }) => (
          <li class="place">
            <div class="application-head">
              <div class="application-name">
                <h2>{factorName(named, messages)}</h2>
                {addedAt && <p class="small soft">{messages.text('factors.account.addedAt', { date: addedAt })}</p>}
                {isLast && <p class="small soft">{messages.text('passkeys.refused.last_factor')}</p>}
              </div>
              {remove && (
                <Form target={remove}>
                  <button class="button compact" type="submit">
                    <span aria-hidden="true">{messages.text('factors.account.remove')}</span>
                    <span class="only-spoken">
                      {messages.text('factors.account.removeOf', { name: factorName(named, messages) })}
                    </span>
                  </button>
                </Form>
              )}
            </div>
          </li>
        ))}
        {recoveryCodes && (
          <li class="place">
            <div class="application-head">
              <div class="application-name">
                <h2>{messages.text('factors.codes.title')}</h2>
                <p class="small soft">{messages.text('factors.account.codesLeft', { count: recoveryCodes.left })}</p>
              </div>
              <Form target={recoveryCodes.renew}>
                <button class="button compact" type="submit">
                  {messages.text('factors.account.renew')}
                </button>
              </Form>
            </div>
          </li>
        )}
        {devices && (
          <li class="place">
            <div class="application-head">
              <div class="application-name">
                <h2>{messages.text('factors.account.devices')}</h2>
                <p class="small soft">{messages.text('factors.account.devicesText', { count: devices.count })}</p>
              </div>
              <Form target={devices.forget}>
                <button class="button compact" type="submit">
                  {messages.text('factors.account.forget')}
                </button>
              </Form>
            </div>
          </li>
        )}
      </ul>
      <div class="actions" {...shownWithPasskeys(setUp)}>
        {setUp.map((link) => (
          <a class="button" href={webAddress(link.href)} id={`set-up-${link.factor}`} {...shownWithPasskeys([link])}>
            {messages.text('factors.enrol.choose', { name: factorName(link, messages) })}
          </a>
        ))}
      </div>
      <PasskeyLinkScript links={setUp} context={view.context} />
    </AccountLayout>
  );
}
