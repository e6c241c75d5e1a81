import type { MessageKey, MessageSet } from '../../language/messages.js';
import { webAddress } from '../look/web-address.js';
import type { BrandingPreviewPage } from '../page-content.js';
import { Layout } from './layout.js';
import { Name } from './name.js';

interface Props {
  readonly view: BrandingPreviewPage;
  readonly messages: MessageSet;
}

const SCHEMES = {
  auto: 'brandingPreview.auto',
  light: 'brandingPreview.light',
  dark: 'brandingPreview.dark',
} as const satisfies Record<string, MessageKey>;

/** Every page and mail under a branding that is not published. Names of pages are those of the API, not sentences. */
export function BrandingPreviewView({ view, messages }: Props) {
  const { context, schemes, pages, mails, sender, expiresAt } = view;
  const title = messages.text('brandingPreview.title');
  return (
    <Layout context={context} messages={messages} title={title} width="wide">
      <h1>{title}</h1>
      <p class="lead">{messages.text('brandingPreview.text', { until: expiresAt })}</p>
      <h2 class="section-heading">{messages.text('brandingPreview.colors')}</h2>
      <ul>
        {schemes.map(({ scheme, href }) => (
          <li>
            {href === undefined ? (
              <span aria-current="true">{messages.text(SCHEMES[scheme])}</span>
            ) : (
              <a href={webAddress(href)}>{messages.text(SCHEMES[scheme])}</a>
            )}
          </li>
        ))}
      </ul>
      <h2 class="section-heading">{messages.text('brandingPreview.pages')}</h2>
      <Samples samples={pages} />
      <h2 class="section-heading">{messages.text('brandingPreview.mails')}</h2>
      <p>
        {messages.rich('brandingPreview.sender', {
          name: <Name of={sender.name} />,
          address: <bdi dir="ltr">{sender.address}</bdi>,
        })}{' '}
        {sender.replyTo !== undefined &&
          messages.rich('brandingPreview.replyTo', { address: <bdi dir="ltr">{sender.replyTo}</bdi> })}
      </p>
      <Samples samples={mails} />
    </Layout>
  );
}

function Samples({ samples }: { readonly samples: BrandingPreviewPage['pages'] }) {
  return (
    <ul class="samples">
      {samples.map(({ name, href }) => (
        <li>
          <a href={webAddress(href)}>
            <code>{name}</code>
          </a>
        </li>
      ))}
    </ul>
  );
}
