import type { MessageSet } from '../../language/messages.js';
import type { PageContext } from '../page-content.js';
import { Notice } from './notice.js';

const TROUBLES = ['cancelled', 'exists', 'failed'] as const;

/** What the script may have to say. One at a time is shown, and takes the focus. */
export function PasskeyTrouble({ messages }: { readonly messages: MessageSet }) {
  return (
    <>
      {TROUBLES.map((trouble) => (
        <div hidden tabIndex={-1} data-passkey-trouble={trouble}>
          <Notice
            kind={trouble === 'failed' ? 'error' : 'info'}
            id={`passkey-${trouble}`}
            title={messages.text(`passkey.${trouble}.title`)}
            text={messages.text(`passkey.${trouble}.text`)}
            isLater
          />
        </div>
      ))}
    </>
  );
}

interface PasskeyScriptProps {
  readonly context: PageContext;
  readonly path: string;
  /** Calls of `PublicKeyCredential`. */
  readonly signals: readonly object[];
}

export function PasskeyScript({ context, path, signals }: PasskeyScriptProps) {
  return (
    <>
      {signals.length > 0 && <div hidden data-passkey-signals={JSON.stringify(signals)} />}
      <script nonce={context.nonce} src={path} defer />
    </>
  );
}
