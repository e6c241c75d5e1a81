import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Database } from '../../src/database/database.js';
import { DatabaseUnavailableError } from '../../src/database/database-error.js';
import { MailLimitError, MailUnavailableError, UnusableAddressError } from '../../src/mail/mail-errors.js';
import type { Mail } from '../../src/mail/mail.js';
import { Mailer } from '../../src/mail/mailer.js';
import { AuditRecorder } from '../../src/audit/audit-recorder.js';
import { TenantResolver } from '../../src/tenants/tenant-resolver.js';
import type { Tenant } from '../../src/tenants/tenant.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { type Platform, startPlatform } from '../support/platform.js';
import type { TenantFixture } from '../support/tenant-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
const globex = givenTenant(platform, 'globex');

type TestMail = Extract<Mail, { template: 'test' }>;

const values = { date: new Date(0) };
const testMail = (to: string, rest: Partial<TestMail> = {}): Mail => ({
  template: 'test',
  locale: 'en',
  values,
  ...rest,
  to,
});

async function tenantOf({ slug }: TenantFixture, policy: Partial<Tenant['policy']> = {}): Promise<Tenant> {
  const tenant = await platform.application.nest.get(TenantResolver).find({ kind: 'path', slug });
  if (!tenant) throw new Error(`There is no ${slug}.`);
  return { ...tenant, policy: { ...tenant.policy, ...policy } };
}

async function send(tenant: Tenant, mail: Mail, by: Platform = platform): Promise<void> {
  const { nest } = by.application;
  await nest.get(Database).transaction(tenant.id, (transaction) => nest.get(Mailer).send(tenant, mail, transaction));
}

async function stored(tenant: TenantFixture): Promise<readonly { recipient: string; content: Buffer }[]> {
  return platform.database.query('SELECT recipient, content FROM mails WHERE tenant_id = $1 ORDER BY id', [tenant.id]);
}

async function storedFor(to: string): Promise<number> {
  const masked = `${to.charAt(0)}…${to.charAt(to.indexOf('@') - 1)}${to.slice(to.indexOf('@'))}`;
  const [row] = await platform.database.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM mails WHERE recipient = $1',
    [masked],
  );
  return row?.count ?? 0;
}

const settle = (attempts: readonly Promise<void>[]) =>
  Promise.all(
    attempts.map((one) =>
      one.then(
        () => 'stored',
        (error: unknown) => (error as Error).constructor,
      ),
    ),
  );

/** Fifty at once may have to wait for a connection longer than anybody does; nothing was stored then. */
async function untilServed(attempt: () => Promise<void>): Promise<void> {
  for (;;) {
    const outcome = await attempt().catch((error: unknown) => error);
    if (outcome === undefined) return;
    if (!(outcome instanceof DatabaseUnavailableError)) throw outcome as Error;
  }
}

describe('the outbox', () => {
  it('has a mail when its cause is committed, and none when it is not', async () => {
    const tenant = await tenantOf(acme);
    const { nest } = platform.application;
    const undone = nest.get(Database).transaction(tenant.id, async (transaction) => {
      await nest.get(Mailer).send(tenant, testMail('never@undone.example'), transaction);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await storedFor('never@undone.example')).toBe(0);
    await send(tenant, testMail('alice@done.example'));
    expect(await storedFor('alice@done.example')).toBe(1);
  });

  it('has neither recipient nor values in the clear', async () => {
    await send(await tenantOf(acme), testMail('secret.person@sealed.example', { code: '12345678' }));
    const rows = JSON.stringify(await stored(acme));
    expect(rows).toContain('s…n@sealed.example');
    expect(rows).not.toContain('secret.person');
    const text = Buffer.concat((await stored(acme)).map(({ content }) => content)).toString('latin1');
    expect(text).not.toContain('12345678');
  });

  it('of another tenant has nothing of it', async () => {
    await send(await tenantOf(acme), testMail('alice@acme.example'));
    expect(JSON.stringify(await stored(globex))).not.toContain('acme.example');
  });

  it('forgets the mails of a user who is deleted, and takes none for one', async () => {
    const user = await platform.operator.create<{ id: string }>('/tenants/acme/users', { username: randomUUID() });
    const mail = testMail('vanished@erased.example', { userId: user.id });
    await send(await tenantOf(acme), mail);
    expect(await storedFor('vanished@erased.example')).toBe(1);
    await platform.operator.request('DELETE', `/tenants/acme/users/${user.id}`);
    expect(await storedFor('vanished@erased.example')).toBe(0);
    await send(await tenantOf(acme), mail);
    expect(await storedFor('vanished@erased.example')).toBe(0);
  });

  it('refuses what is no address of a mailbox, or drops it where nothing may be told', async () => {
    const tenant = await tenantOf(acme);
    const wrong = [
      'alice',
      'alice@',
      '@example.com',
      'alice@localhost',
      'Alice <alice@example.com>',
      '"a b"@example.com',
      'alice(comment)@example.com',
      '@relay.example:alice@example.com',
      'alice@[127.0.0.1]',
      'alice@evil.com@example.com',
      'alice@example.com\r\nBcc: eve@example.com',
      'alice%relay@example.com',
      'a@example.com,b@example.com',
      `${'a'.repeat(65)}@example.com`,
      `alice@${'a'.repeat(64)}.com`,
      `alice@${'abc.'.repeat(70)}com`,
      '.a@example.com',
      'a..b@example.com',
      'alice@-example.com',
      'alice@example.123',
      '',
    ];
    const answers = await settle(wrong.map((to) => send(tenant, testMail(to))));
    expect(answers).toEqual(wrong.map(() => UnusableAddressError));
    await send(tenant, testMail('alice@', { whenRefused: 'drop' }));
  });

  it('refuses a link that leads elsewhere', async () => {
    const tenant = await tenantOf(acme);
    for (const link of [
      '//evil.example/',
      '@evil.example/',
      '.evil.example',
      '/../globex/x',
      'https://evil.example/',
    ]) {
      const mail = { ...testMail('alice@example.com'), link } as unknown as Mail;
      await expect(send(tenant, mail)).rejects.toThrow('below the issuer');
    }
  });
});

describe('a limit of mail', () => {
  const origin = (address: string) => ({ requestId: randomUUID(), address });

  it('holds for a recipient, whatever the case and tag, for fifty parallel requests to two processes', async () => {
    const beside = await startPlatform({ beside: platform });
    const tenant = await tenantOf(acme, { mailRecipientHourlyLimit: 3 });
    const spelt = ['flooded@limits.example', 'Flooded@Limits.example', 'flooded+1@limits.example'];
    const answers = await settle(
      Array.from({ length: 50 }, (_, index) =>
        untilServed(() => send(tenant, testMail(spelt[index % 3] ?? ''), index % 2 ? platform : beside)),
      ),
    );
    await beside.stop();
    expect(answers.filter((answer) => answer === 'stored')).toHaveLength(3);
    expect(new Set(answers)).toEqual(new Set(['stored', MailLimitError]));
  });

  it('holds for a network, and not for another one', async () => {
    const tenant = await tenantOf(acme, { mailNetworkHourlyLimit: 2 });
    const from = (address: string) => (_: unknown, index: number) =>
      send(tenant, testMail(`one-of-${index}@networks.example`, { origin: origin(address) }));
    const answers = await settle(Array.from({ length: 10 }, from('192.0.2.7')));
    expect(answers.filter((answer) => answer === 'stored')).toHaveLength(2);
    expect(await settle(Array.from({ length: 2 }, from('192.0.2.8')))).toEqual(['stored', 'stored']);
  });

  it('holds for a tenant, and not for another one', async () => {
    const small = await tenantOf(globex, { mailTenantHourlyLimit: 4 });
    const answers = await settle(
      Array.from({ length: 20 }, (_, index) => send(small, testMail(`number-${index}@tenants.example`))),
    );
    expect(answers.filter((answer) => answer === 'stored')).toHaveLength(4);
    await send(await tenantOf(acme), testMail('somebody@tenants.example'));
  });

  it('does not make those wait for each other who are mailed at the same time', async () => {
    const tenant = await tenantOf(globex);
    const { nest } = platform.application;
    // What another limit of the same tenant used up.
    await platform.database.query('DELETE FROM mail_limits');
    await nest.get(Database).transaction(tenant.id, async (transaction) => {
      await nest.get(Mailer).send(tenant, testMail('first@parallel.example'), transaction);
      // Any of these: two people may have the same part of the allowance.
      await Promise.any(Array.from({ length: 6 }, () => send(tenant, testMail(`${randomUUID()}@parallel.example`))));
    });
  });

  it('comes back with time', async () => {
    const tenant = await tenantOf(acme, { mailRecipientHourlyLimit: 1 });
    const mail = testMail('patient@limits.example');
    await send(tenant, mail);
    await expect(send(tenant, mail)).rejects.toBeInstanceOf(MailLimitError);
    await platform.database.query(`UPDATE mail_limits SET free_at = free_at - interval '1 hour'`);
    await send(tenant, mail);
  });

  it('that is reached uses up nothing, is recorded, and can go unnoticed by whoever caused it', async () => {
    const tenant = await tenantOf(acme, { mailRecipientHourlyLimit: 1 });
    const mail = testMail('victim@drops.example', { whenRefused: 'drop', origin: origin('192.0.2.9') });
    await send(tenant, mail);
    const spent = await platform.database.query('SELECT bucket, free_at FROM mail_limits ORDER BY 1');
    for (let round = 0; round < 5; round += 1) await send(tenant, mail);
    expect(await platform.database.query('SELECT bucket, free_at FROM mail_limits ORDER BY 1')).toEqual(spent);
    expect(await storedFor('victim@drops.example')).toBe(1);
    await platform.application.nest.get(AuditRecorder).flush();
    const events = await platform.database.query<{ details: object }>(
      `SELECT details FROM audit_events WHERE type = 'mail.limited' AND address = '192.0.2.9'`,
    );
    expect(events).toHaveLength(5);
    expect(events[0]?.details).toEqual({ template: 'test', reason: 'limit_of_recipient' });
  });
});

describe('in production without an SMTP server', () => {
  it('mail is refused and not lost', async () => {
    const mute = await startPlatform({ beside: platform, config: { production: true } });
    const refusal = send(await tenantOf(acme), testMail('alice@production.example'), mute);
    await expect(refusal).rejects.toBeInstanceOf(MailUnavailableError);
    expect(mute.application.nest.get(Mailer).isAvailable).toBe(false);
    await mute.stop();
    expect(await storedFor('alice@production.example')).toBe(0);
  });
});
