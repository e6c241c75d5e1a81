import type { MessageSet } from '../../language/messages.js';
import { PASSKEY } from '../../passkeys/passkey.js';
import { PASSKEY_SCRIPT_PATH } from '../look/passkey-script.js';
import type { PageContext, PageView } from '../page-content.js';
import type { FactorLink } from '../second-factor-content.js';
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

/** The pages that may offer a passkey beside other ways, which have a script with the nonce of the page. */
export const PAGES_WITH_PASSKEY_LINKS: ReadonlySet<PageView['page']> = new Set([
  'second-factor',
  'second-factor-enrolment',
  'account-second-factor',
]);

/** For an element around links to factors: it is hidden until the script shows it where passkeys alone are in it. */
export function shownWithPasskeys(links: readonly Pick<FactorLink, 'factor'>[]) {
  const isHidden = links.length > 0 && links.every(({ factor }) => factor === PASSKEY);
  return isHidden ? ({ hidden: true, 'data-passkey-shown': '' } as const) : {};
}

/** Once on a page where a link may lead to a passkey. */
export function PasskeyLinkScript(props: { readonly links: readonly FactorLink[]; readonly context: PageContext }) {
  if (!props.links.some(({ factor }) => factor === PASSKEY)) return null;
  return <PasskeyScript context={props.context} path={PASSKEY_SCRIPT_PATH} signals={[]} />;
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
