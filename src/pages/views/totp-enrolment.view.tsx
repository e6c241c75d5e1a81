import type { MessageSet } from '../../language/messages.js';
import type { TotpEnrolmentPage } from '../second-factor-content.js';
import { webAddress } from '../look/web-address.js';
import { CodeField } from './code-field.js';
import { Form } from './form.js';
import { Layout } from './layout.js';
import { Notice } from './notice.js';

interface TotpProps {
  readonly view: TotpEnrolmentPage;
  readonly messages: MessageSet;
}

/** The secret as a QR code, as a link for an app on this device, and as text; then a code of the app. */
export function TotpEnrolmentView({ view, messages }: TotpProps) {
  const { context, notice, secret, uri } = view;
  const title = messages.text('factors.setUpTotp.title');
  const back = webAddress(view.backHref);
  return (
    <Layout context={context} messages={messages} title={title} isError={notice !== undefined}>
      <h1>{title}</h1>
      {notice !== undefined && (
        <Notice
          kind="error"
          id="notice"
          title={messages.text('factors.wrongCode.title')}
          text={messages.text('factors.wrongCode.text')}
        />
      )}
      <p class="lead">{messages.text('factors.setUpTotp.scan')}</p>
      <QrCode view={view} messages={messages} />
      {uri.startsWith('otpauth://totp/') && (
        <p class="small">
          <a href={uri}>{messages.text('factors.setUpTotp.open')}</a>
        </p>
      )}
      <p class="small soft">{messages.text('factors.setUpTotp.key')}</p>
      <p>
        <code class="secret" id="totp-secret" dir="ltr">
          {secret.match(/.{1,4}/gs)?.join(' ')}
        </code>
      </p>
      <Form target={view} id="totp-form" class="stack">
        <p>{messages.text('factors.setUpTotp.confirm')}</p>
        <CodeField label={messages.text('factors.code')} isDigits isWrong={notice !== undefined} takesFocus={false} />
        <button id="totp-submit" class="button primary" type="submit">
          {messages.text('factors.submit')}
        </button>
      </Form>
      {back !== undefined && (
        <p class="hint">
          <a href={back}>{messages.text('factors.setUpTotp.back')}</a>
        </p>
      )}
    </Layout>
  );
}

/** Dark on light in any scheme: scanners need it so. */
function QrCode({ view: { qrCode }, messages }: TotpProps) {
  const { size, path } = qrCode;
  return (
    <svg class="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={messages.text('factors.setUpTotp.qr')}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
