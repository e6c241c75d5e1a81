import type { Command } from 'commander';
import type { RequestOf } from '../../management-client/management-client.js';
import { type Column, tableOf } from '../table.js';
import { toNumber } from './options.js';
import type { CommonOptions, Tools } from './resource.js';

const COLUMNS: readonly Column[] = [
  ['ID', 'id'],
  ['TYPE', 'type'],
  ['STATE', 'state'],
  ['ATTEMPTS', 'attempts'],
  ['STATUS', ({ status }) => status ?? ''],
];

type ListOptions = CommonOptions & NonNullable<RequestOf<'listWebhookDeliveries'>['query']>;

/** What became of the events of one webhook. */
export function addDeliveries(noun: Command, { common, api: connect, answer }: Tools): void {
  common(
    noun
      .command('deliveries <tenant> <webhook_id>')
      .description('list the deliveries of the last 30 days and how they fare, newest first')
      .option('--state <state>', 'queued, delivered or failed')
      .option('--type <type>', 'only events of this type')
      .option('--limit <number>', 'how many at most (default: 50)', toNumber),
  ).action(async (tenant: string, id: string, options: ListOptions) => {
    const { state, type, limit = 50 } = options;
    const request = { path: { tenant, webhook_id: id }, query: { state, type } };
    const missing = `webhook ${id} of tenant ${tenant}`;
    const data = await (await connect(options)).list('listWebhookDeliveries', { ...request, missing }, limit);
    answer(options, { data }, () => (data.length === 0 ? 'There are no deliveries.' : tableOf(COLUMNS, data)));
  });
  common(
    noun.command('replay-delivery <tenant> <webhook_id> <delivery_id>').description('send one event again'),
  ).action(async (tenant: string, id: string, delivery: string, options: CommonOptions) => {
    const path = { tenant, webhook_id: id, delivery_id: delivery };
    const missing = `delivery ${delivery} of webhook ${id} of tenant ${tenant}`;
    const { body } = await (await connect(options)).send('replayDelivery', { path, missing });
    answer(options, body, () => `The event ${delivery} is sent again.`);
  });
}
