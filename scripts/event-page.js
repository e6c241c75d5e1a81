import { format } from 'prettier';

/** Makes docs/events.md from the catalogue of events: `npm run docs:events`. A test compares the page with it. */

const HEAD = `# Events

Every type of event that the [audit log](audit-log.md) and [webhooks](webhooks.md) can have. The page is made from the
catalogue that the platform itself uses (\`npm run docs:events\`), and the tests compare every event that any of them records
with it.

An event has \`type\`, \`outcome\`, the client and the user it concerns (\`client_id\`, \`user_id\`), and where it fits a
\`target\`, \`<resource>:<id>\`. \`details\` holds what the tables name; each member may be missing.
`;

/**
 * @param {readonly (readonly [string, Readonly<Record<string, object>>])[]} groups their titles and events
 * @param {Readonly<Record<'writes' | 'sums', Readonly<Record<string, string>>>>} common members of many events
 */
export function eventPage(groups, { writes, sums }) {
  const parts = groups.map(([title, events]) => `## ${title}\n\n${tableOf(Object.entries(events))}`);
  const common = [
    `## Details of changes\n\nEvents that are marked ✎ are changes by the management API. Their \`details\` also have the`,
    `members of the request by their own names, without secrets, and these:\n\n${listOf(writes)}\n`,
    `## Many refusals\n\nOf many refusals from one network, single events are recorded first and then one every ten seconds:`,
    `\n${listOf(sums)}`,
  ];
  return format(`${HEAD}\n${parts.join('\n')}\n${common.join('\n')}\n`, { parser: 'markdown', printWidth: 120 });
}

function tableOf(events) {
  const rows = events.map(([type, { when, outcomes, target = [], details = {}, isWrite }]) => [
    `\`${type}\`${isWrite ? ' ✎' : ''}`,
    when,
    outcomes.join(', '),
    target.map((kind) => `\`${kind}\``).join(', '),
    Object.entries(details)
      .map(([name, holds]) => `\`${name}\`: ${holds}`)
      .join('; '),
  ]);
  const lines = [['type', 'when', 'outcome', 'target', 'details'], ['---', '---', '---', '---', '---'], ...rows];
  return `${lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`;
}

function listOf(members) {
  return Object.entries(members)
    .map(([name, holds]) => `- \`${name}\`: ${holds}`)
    .join('\n');
}
