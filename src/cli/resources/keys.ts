import { rewrapKeys } from '../rewrap.js';
import type { AnswerOf, BodyOf } from '../../management-client/management-client.js';
import { type Column, tableOf } from '../table.js';
import type { CommonOptions, Resource } from './resource.js';

const COLUMNS: readonly Column[] = [
  ['KID', 'kid'],
  ['ALGORITHM', 'alg'],
  ['STATE', 'state'],
  ['SIGNS FROM', 'signs_from'],
  ['SIGNS UNTIL', 'signs_until'],
];

export const keys: Resource = {
  noun: 'keys',
  operations: { list: 'listKeys' },
  one: 'key',
  summary: 'signing keys and the master key',
  argument: 'kid',
  idMember: 'kid',
  list: { summary: 'list the keys whose signatures are accepted, and which one signs', columns: COLUMNS },
  more: (noun, { common, api: connect, answer, terminal }) => {
    common(
      noun
        .command('rotate <tenant>')
        .description('let the next signing key take over')
        .option('--alg <name>', 'of this algorithm (default: the tenant’s)'),
    ).action(async (tenant: string, options: CommonOptions & BodyOf<'rotateKeys'>) => {
      const api = await connect(options);
      const body = options.alg === undefined ? {} : { alg: options.alg };
      const request = { path: { tenant }, body, missing: `tenant ${tenant}` };
      const { body: after } = await api.send('rotateKeys', request);
      answer(options, after, () => `The keys of tenant ${tenant} were rotated.\n${keyTable(after)}`);
    });
    common(
      noun
        .command('revoke <tenant> <kid>')
        .description('take a leaked signing key out of use at once; nothing it signed is accepted any more'),
    ).action(async (tenant: string, kid: string, options: CommonOptions) => {
      const api = await connect(options);
      const missing = `key ${kid} of a tenant ${tenant}; "npx tenantry keys list ${tenant}" shows its keys`;
      const { body: after } = await api.send('revokeKey', { path: { tenant, kid }, missing });
      answer(options, after, () => `The key ${kid} is out of use. These are left:\n${keyTable(after)}`);
    });
    noun
      .command('rewrap')
      .description('move every data key from MASTER_KEY_PREVIOUS to MASTER_KEY, in the environment of the platform')
      .action(async () => terminal.print(await rewrapKeys()));
  },
};

function keyTable({ data }: AnswerOf<'listKeys'>): string {
  return tableOf(COLUMNS, data);
}
