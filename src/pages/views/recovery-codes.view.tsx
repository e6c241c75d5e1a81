import type { MessageSet } from '../../language/messages.js';
import type { RecoveryCodesPage } from '../second-factor-content.js';
import { displayName } from '../look/display-text.js';
import { webAddress } from '../look/web-address.js';
import { Layout } from './layout.js';

interface RecoveryCodesProps {
  readonly view: RecoveryCodesPage;
  readonly messages: MessageSet;
}

/** The codes as text that can be copied and printed, and as a file. */
export function RecoveryCodesView({ view, messages }: RecoveryCodesProps) {
  const { context, codes, isNewFactor } = view;
  const title = messages.text('factors.codes.title');
  const file = `${displayName(context.tenant.displayName)}\n\n${codes.join('\n')}\n`;
  return (
    <Layout context={context} messages={messages} title={title}>
      <h1>{title}</h1>
      {isNewFactor && <p class="lead good">{messages.text('factors.codes.done')}</p>}
      <p>{messages.text('factors.codes.text')}</p>
      <pre class="panel codes" id="recovery-codes" dir="ltr" tabIndex={0}>
        {codes.join('\n')}
      </pre>
      <div class="actions">
        <a
          class="button"
          download="recovery-codes.txt"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(file)}`}
        >
          {messages.text('factors.codes.download')}
        </a>
        <a class="button primary" id="codes-kept" href={webAddress(view.continueHref)}>
          {messages.text('factors.codes.continue')}
        </a>
      </div>
    </Layout>
  );
}
