import { toNumber } from './options.js';
import type { CommonOptions, Option, Resource } from './resource.js';
import { addDeliveries } from './webhook-deliveries.js';

const toList = (text: string, before: unknown) => [...((before as string[] | undefined) ?? []), text];

const OPTIONS: readonly Option[] = [
  {
    flags: '--event <type>',
    member: 'event_types',
    description: 'type of events to send, such as user.created or user.*; repeat it for several (default: all)',
    read: toList,
  },
  { flags: '--description <text>', member: 'description', description: 'what it is for' },
];

export const webhooks: Resource = {
  noun: 'webhooks',
  operations: {
    list: 'listWebhooks',
    show: 'getWebhook',
    create: 'createWebhook',
    update: 'updateWebhook',
    delete: 'deleteWebhook',
  },
  one: 'webhook',
  summary: 'where events are sent, and how deliveries fare',
  argument: 'webhook_id',
  idMember: 'id',
  list: {
    summary: 'list the webhooks',
    columns: [
      ['ID', 'id'],
      ['URL', 'url'],
      [
        'EVENTS',
        ({ event_types: types }) => ((types as string[]).length === 0 ? 'all' : (types as string[]).join(' ')),
      ],
      [
        'ENABLED',
        ({ enabled, disabled_reason: reason }) =>
          enabled ? 'yes' : typeof reason === 'string' ? `no, ${reason}` : 'no',
      ],
      ['FAILING SINCE', 'failing_since'],
    ],
  },
  create: {
    summary: 'send events to an address, and show the secret that verifies them',
    argument: { name: '<url>', member: 'url' },
    options: OPTIONS,
  },
  update: [{ flags: '--receiver <url>', member: 'url', description: 'where events are sent' }, ...OPTIONS],
  switches: [
    { verb: 'disable', summary: 'send nothing', body: { enabled: false }, done: 'is disabled' },
    { verb: 'enable', summary: 'send events again', body: { enabled: true }, done: 'is enabled' },
  ],
  deletion: { summary: 'delete a webhook', consequence: 'What waits for it is not sent.' },
  more: (noun, tools) => {
    const { common, api: connect, answer } = tools;
    addDeliveries(noun, tools);
    const targetOf = (tenant: string, id: string) => ({
      path: { tenant, webhook_id: id },
      missing: `webhook ${id} of tenant ${tenant}`,
    });
    common(
      noun.command('test <tenant> <webhook_id>').description('send a test message and show what the receiver answers'),
    ).action(async (tenant: string, id: string, options: CommonOptions) => {
      const api = await connect(options);
      const { body } = await api.send('testWebhook', targetOf(tenant, id));
      answer(options, body, () => {
        const error =
          typeof body['error'] === 'string' ? `: ${body['error']}` : ` with status ${String(body['status'])}.`;
        return `The test message is ${String(body['state'])}${error}`;
      });
    });
    common(
      noun
        .command('rotate-secret <tenant> <webhook_id>')
        .description('make another secret; both sign for a while')
        .option('--overlap <hours>', 'for how long the secret of before signs too (default: 24)'),
    ).action(async (tenant: string, id: string, options: CommonOptions & { readonly overlap?: string }) => {
      const api = await connect(options);
      const { body } = await api.send('rotateWebhookSecret', {
        ...targetOf(tenant, id),
        body: options.overlap === undefined ? {} : { overlap_hours: toNumber(options.overlap) },
      });
      answer(options, body, () => `The new secret is ${String(body['secret'])}; it is shown this once.`);
    });
    common(
      noun
        .command('replay <tenant> <webhook_id>')
        .description('send the events since a moment that were not taken')
        .requiredOption('--since <time>', 'such as 2026-01-31T12:00:00Z')
        .option('--all', 'also those that were delivered'),
    ).action(
      async (
        tenant: string,
        id: string,
        options: CommonOptions & { readonly since: string; readonly all?: boolean },
      ) => {
        const api = await connect(options);
        const { body } = await api.send('replayEvents', {
          ...targetOf(tenant, id),
          body: { since: options.since, ...(options.all && { all: true }) },
        });
        const { queued, next_since: next } = body;
        const more = typeof next === 'string' ? ` There are more: --since ${next}` : '';
        answer(options, body, () => `${String(queued)} events are sent.${more}`);
      },
    );
  },
};
