import { CodeBlock } from '../../design/copy.js';
import { useTexts } from '../../texts/texts.js';
import { texts } from './texts.js';

const RECEIVER = `import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

const webhook = new Webhook(process.env.WEBHOOK_SECRET);

createServer(async (request, response) => {
  try {
    const event = webhook.verify(await text(request), request.headers);
    console.log(event.type, event.data.target ?? '');
    response.writeHead(204).end();
  } catch {
    response.writeHead(401).end();
  }
}).listen(4000);`;

/** The receiver of docs/webhooks.md. */
export function Receiver() {
  const t = useTexts(texts);
  return (
    <details>
      <summary>{t('receiver')}</summary>
      <CodeBlock what={t('receiver')} text={RECEIVER} />
    </details>
  );
}
