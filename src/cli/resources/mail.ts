import type { CommonOptions, Resource } from './resource.js';

export const mail: Resource = {
  noun: 'mail',
  operations: { list: 'listMail', show: 'getMail' },
  one: 'mail',
  summary: 'mails of the last 30 days, and a test mail',
  argument: 'mail_id',
  idMember: 'id',
  list: {
    summary: 'list mails and how they fare, newest first',
    limit: 50,
    columns: [
      ['ID', 'id'],
      ['TIME', 'created_at'],
      ['TEMPLATE', 'template'],
      ['RECIPIENT', 'recipient'],
      ['STATE', 'state'],
      ['ATTEMPTS', 'attempts'],
      ['REPLY', 'reply'],
    ],
  },
  more: (noun, { common, api: connect, answer }) => {
    common(
      noun.command('test <tenant> <address>').description('send a test mail and show what the SMTP server says'),
    ).action(async (tenant: string, address: string, options: CommonOptions) => {
      const api = await connect(options);
      const { body } = await api.send('sendTestMail', {
        path: { tenant },
        body: { to: address },
        missing: `tenant ${tenant}`,
      });
      const reply = typeof body['reply'] === 'string' ? `: ${body['reply']}` : '';
      answer(options, body, () => `The mail to ${address} is ${String(body['state'])}${reply}`);
    });
  },
};
