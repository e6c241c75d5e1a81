import type { Command } from 'commander';
import type { Member } from '../management-api.js';
import { tableOf } from '../table.js';
import type { CommonOptions, Tools } from './resource.js';
import { findUser } from './user-target.js';

interface PreviewOptions extends CommonOptions {
  readonly user?: string;
  readonly scope?: string;
  readonly resource?: string[];
  readonly grantType?: 'authorization_code' | 'client_credentials' | 'password';
}

const TOKENS = [
  ['access_token', 'Access token'],
  ['id_token', 'ID token'],
  ['userinfo', 'Userinfo'],
] as const;

/** `clients preview-tokens`: what tokens a client would get. */
export function addTokenPreview(noun: Command, { common, api: connect, answer }: Tools): void {
  common(
    noun
      .command('preview-tokens <tenant> <client_id>')
      .description('show what tokens a client would get for a user, or for itself; none are issued'),
  )
    .option('--user <user>', 'for whom: a user name, e-mail address or id')
    .option('--scope <names>', 'what it would ask for, names separated by spaces (default: everything it may have)')
    .option('--resource <uri...>', 'the APIs that it would name (RFC 8707)')
    .option('--grant-type <name>', 'authorization_code, client_credentials or password')
    .action(async (tenant: string, client: string, options: PreviewOptions) => {
      const api = await connect(options);
      const { user, scope, resource, grantType } = options;
      const { body } = await api.send('previewTokens', {
        path: { tenant, client_id: client },
        missing: `client ${client} of tenant ${tenant}`,
        query: {
          ...(user !== undefined && { user_id: await findUser(api, tenant, user) }),
          ...(scope !== undefined && { scope }),
          ...(resource !== undefined && { resource: resource.join(' ') }),
          ...(grantType !== undefined && { grant_type: grantType }),
        },
      });
      answer(options, body, () => textOf(body));
    });
}

function textOf(body: Member): string {
  const refusal = body['refusal'] as Member | null;
  const steps = body['steps'] as readonly string[];
  const parts = [
    refusal ? `Refused: ${String(refusal['error'])}. ${String(refusal['description'])}` : 'Tokens would be issued.',
    ...(steps.length > 0 ? [`The user would have to do first: ${steps.join(', ')}.`] : []),
    tableOf(
      [
        ['SCOPE', 'name'],
        ['STATE', 'state'],
        ['WHY', ({ reason, detail }: Member) => detail ?? reason ?? ''],
      ],
      body['scopes'] as readonly Member[],
    ),
    ...TOKENS.flatMap(([member, title]) => {
      const shown = body[member] as Member | null;
      return shown ? [`${title}:\n${claimsOf(shown)}`] : [];
    }),
  ];
  return parts.join('\n\n');
}

function claimsOf(shown: Member): string {
  const claims = shown['claims'] as Member;
  return tableOf(
    [
      ['CLAIM', 'claim'],
      ['VALUE', ({ claim, hidden }: Member) => (hidden === true ? 'hidden' : JSON.stringify(claims[String(claim)]))],
      ['FROM', ({ kind, names }: Member) => [kind, ...(names as string[])].join(' ')],
    ],
    shown['origins'] as readonly Member[],
  );
}
