import { randomBytes, randomUUID } from 'node:crypto';
import { AuditEventsRepository } from '../../src/audit/audit-events.repository.js';
import { AttemptsRepository } from '../../src/authentication/attempts.repository.js';
import { PendingRequestsRepository } from '../../src/authorization/pending-requests.repository.js';
import { ConsentsRepository } from '../../src/consent/consents.repository.js';
import type { TenantId } from '../../src/database/tenant-id.js';
import { MailQueueRepository } from '../../src/mail/mail-queue.repository.js';
import { MailsRepository } from '../../src/mail/mails.repository.js';
import { RememberedDevicesRepository } from '../../src/factors/remembered-devices.repository.js';
import { UserFactorsRepository } from '../../src/factors/user-factors.repository.js';
import { PasswordChangesRepository } from '../../src/sessions/password-changes.repository.js';
import { SessionsRepository } from '../../src/sessions/sessions.repository.js';
import { UsersRepository } from '../../src/users/users.repository.js';
import type { RepositoryCases } from './repository-case.js';
import type { World } from './world.js';

async function newSession(world: World) {
  const { id: userId } = await world.newUser();
  const session = { id: randomUUID(), digest: randomBytes(32), previousDigest: undefined, userId };
  const rest = { authTime: Date.now() / 1000, acr: 'urn:test', amr: ['pwd'], lifetimeSeconds: 600 };
  await world.transaction(world.acmeId, (transaction) =>
    world.repository(SessionsRepository).start(world.acmeId, { ...session, ...rest }, transaction),
  );
  return session;
}

async function newPendingRequest(world: World): Promise<string> {
  const id = randomUUID();
  await world.repository(PendingRequestsRepository).create(world.acmeId, {
    id,
    clientId: 'web',
    parameters: [['client_id', 'web']],
    browserDigest: undefined,
    lifetimeSeconds: 60,
  });
  return id;
}

async function newConsent(world: World) {
  const { id: user_id } = await world.newUser();
  const consent = { user_id, client_id: 'web', resource: '', scopes: ['openid'], declined: [] };
  await world.transaction(world.acmeId, (transaction) =>
    world.repository(ConsentsRepository).approve(world.acmeId, [consent], transaction),
  );
  const { id } = await world.newest<{ id: string }>('consents');
  return { id, userId: user_id };
}

const CODE = randomBytes(32);

/** With an authenticator app and a recovery code. */
async function newUserWithFactors(world: World): Promise<string> {
  const { id } = await world.newUser();
  const repository = world.repository(UserFactorsRepository);
  await world.transaction(world.acmeId, async (transaction) => {
    await repository.createTotp(world.acmeId, id, { secret: randomBytes(32), step: 1 }, transaction);
    await repository.replaceRecoveryCodes(world.acmeId, id, [CODE], transaction);
  });
  return id;
}

async function newDevice(world: World) {
  const { id: userId } = await world.newUser();
  const device = { userId, digest: randomBytes(32), lifetimeSeconds: 600 };
  await world.transaction(world.acmeId, (transaction) =>
    world.repository(RememberedDevicesRepository).create(world.acmeId, device, transaction),
  );
  return device;
}

const buckets = () => ({
  device: randomBytes(32),
  origin: randomBytes(32),
  address: randomBytes(32),
  account: randomBytes(32),
});

const limit = () => ({ bucket: randomBytes(32), perHour: 10 });

/** A mail of acme's that a process is delivering. */
async function claimedMail({ platform, acmeId }: World) {
  const mail = { id: randomUUID(), claim: randomUUID() };
  await platform.database.query(
    `INSERT INTO mails (tenant_id, id, template, locale, recipient, content, state, claim, due_at)
     VALUES ($1, $2, 'test', 'en', 'a…@example.com', $3, 'queued', $4, now() + interval '1 hour')`,
    [acmeId, mail.id, randomBytes(32), mail.claim],
  );
  return mail;
}

/** A mail of acme's that was kept because there is no SMTP server. */
async function keptMail({ platform, acmeId }: World): Promise<string> {
  const id = randomUUID();
  await platform.database.query(
    `INSERT INTO mails (tenant_id, id, template, locale, recipient, content, state)
     VALUES ($1, $2, 'test', 'en', 'a…@example.com', $3, 'kept')`,
    [acmeId, id, randomBytes(32)],
  );
  return id;
}

export const personCases: RepositoryCases = {
  'MailsRepository.list': {
    prepare: async (world) => {
      await keptMail(world);
      return (tenantId) => world.repository(MailsRepository).list(tenantId, { after: undefined, limit: 10 });
    },
  },
  'MailsRepository.find': {
    prepare: async (world) => {
      const id = await keptMail(world);
      return (tenantId) => world.repository(MailsRepository).find(tenantId, id);
    },
  },
  'MailsRepository.listKept': {
    prepare: async (world) => {
      await keptMail(world);
      return (tenantId) => world.repository(MailsRepository).listKept(tenantId, 10);
    },
  },
  'MailsRepository.findKept': {
    prepare: async (world) => {
      const id = await keptMail(world);
      return (tenantId) => world.repository(MailsRepository).findKept(tenantId, id);
    },
  },
  'MailQueueRepository.find': {
    prepare: async (world) => {
      const mail = await claimedMail(world);
      return (tenantId) => world.repository(MailQueueRepository).find(tenantId, mail);
    },
  },
  'MailQueueRepository.end': {
    prepare: async (world) => {
      const mail = await claimedMail(world);
      const result = { state: 'sent', reply: '250 OK', event: '[]' } as const;
      return (tenantId) => world.repository(MailQueueRepository).end(tenantId, mail, result);
    },
  },
  'MailQueueRepository.postpone': {
    prepare: async (world) => {
      const mail = await claimedMail(world);
      const later = { reply: '450 later', waitSeconds: 60 };
      return (tenantId) => world.repository(MailQueueRepository).postpone(tenantId, mail, later);
    },
  },
  'MailsRepository.create': {
    prepare: async (world) => {
      const { id: userId } = await world.newUser();
      const mail = {
        id: randomUUID(),
        template: 'test',
        locale: 'en',
        userId,
        recipient: 'a…@example.com',
        content: randomBytes(32),
        state: 'kept' as const,
        usefulForSeconds: undefined,
        limits: { tenant: limit(), network: limit(), recipient: limit() },
      };
      return (tenantId) =>
        world.transaction(tenantId, async (transaction) => {
          const refusal = await world.repository(MailsRepository).create(tenantId, mail, transaction);
          return refusal === undefined;
        });
    },
  },
  'UsersRepository.lockAdministrators': {
    prepare: async (world) => {
      const password = 'correct horse battery staple';
      const body = { username: `user-${randomUUID()}`, tenant_admin: true, password };
      const { id } = await world.platform.operator.create<{ id: string }>('/tenants/acme/users', body);
      return (tenantId) =>
        world.entities(tenantId, async (manager) =>
          (await world.repository(UsersRepository).lockAdministrators(tenantId, manager)).includes(id),
        );
    },
  },
  'UsersRepository.lock': {
    prepare: async (world) => {
      const { id } = await world.newUser();
      return (tenantId) =>
        world.entities(tenantId, (manager) => world.repository(UsersRepository).lock(tenantId, id, manager));
    },
  },
  'UsersRepository.findByIdentifier': {
    prepare: async (world) => {
      const { username } = await world.newUser();
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(UsersRepository).findByIdentifier(tenantId, username, transaction),
        );
    },
  },
  'UsersRepository.find': {
    prepare: async (world) => {
      const { id } = await world.newUser();
      return (tenantId) => world.repository(UsersRepository).find(tenantId, id);
    },
  },
  'UsersRepository.findEntity': {
    prepare: async (world) => {
      const { id } = await world.newUser();
      return (tenantId) => world.repository(UsersRepository).findEntity(tenantId, id);
    },
  },
  'UsersRepository.list': {
    prepare: async (world) => {
      const { username } = await world.newUser();
      return async (tenantId) =>
        (await world.repository(UsersRepository).list(tenantId, { limit: 200, identifier: username })).rows;
    },
  },
  'UsersRepository.create': {
    prepare: async (world) => {
      const { id } = await world.newUser();
      const entity = await world.repository(UsersRepository).findEntity(world.acmeId, id);
      if (!entity) throw new Error('The user is gone.');
      const { tenantId: _, id: __, version: ___, createdAt: ____, updatedAt: _____, ...data } = entity;
      const other = randomUUID();
      return (tenantId) =>
        world.entities(tenantId, (manager) => world.repository(UsersRepository).create(tenantId, other, data, manager));
    },
  },
  'UsersRepository.update': {
    prepare: async (world) => {
      const { id } = await world.newUser();
      const change = { version: 1, data: { enabled: false } };
      return (tenantId) =>
        world.entities(tenantId, (manager) => world.repository(UsersRepository).update(tenantId, id, change, manager));
    },
  },
  'UsersRepository.delete': {
    prepare: async (world) => {
      const { id } = await world.newUser();
      return (tenantId) =>
        world.entities(tenantId, (manager) => world.repository(UsersRepository).delete(tenantId, id, manager));
    },
  },
  'UsersRepository.replaceIdentifiers': {
    prepare: async (world) => {
      const { id } = await world.newUser();
      return (tenantId) =>
        world.entities(tenantId, (manager) =>
          world.repository(UsersRepository).replaceIdentifiers(tenantId, id, [`other-${id}`], manager),
        );
    },
  },
  'UsersRepository.endEverything': {
    prepare: async (world) => {
      const { userId } = await newSession(world);
      return (tenantId) =>
        world.entities(tenantId, (manager) =>
          world.repository(UsersRepository).endEverything(tenantId, userId, manager),
        );
    },
  },
  'SessionsRepository.start': {
    prepare: async (world) => {
      const { digest, userId } = await newSession(world);
      const next = { id: randomUUID(), digest: randomBytes(32), previousDigest: digest, userId };
      const rest = { authTime: Date.now() / 1000, acr: 'urn:test', amr: ['pwd'], lifetimeSeconds: 600 };
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(SessionsRepository).start(tenantId, { ...next, ...rest }, transaction),
        );
    },
  },
  'SessionsRepository.strengthen': {
    prepare: async (world) => {
      const { id, digest: previousDigest } = await newSession(world);
      const proofs = [{ factor: 'totp', amr: ['otp'], at: 1 }];
      const next = { id, previousDigest, digest: randomBytes(32), acr: '2', amr: ['pwd', 'otp', 'mfa'], proofs };
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(SessionsRepository).strengthen(tenantId, next, transaction),
        );
    },
  },
  'SessionsRepository.find': {
    prepare: async (world) => {
      const { digest } = await newSession(world);
      return async (tenantId) => (await world.repository(SessionsRepository).find(tenantId, [digest], 600))[0];
    },
  },
  'SessionsRepository.end': {
    prepare: async (world) => {
      const { id } = await newSession(world);
      return (tenantId) => world.repository(SessionsRepository).end(tenantId, id);
    },
  },
  'SessionsRepository.list': {
    prepare: async (world) => {
      const { userId } = await newSession(world);
      return (tenantId) => world.repository(SessionsRepository).list(tenantId, userId, 600);
    },
  },
  'SessionsRepository.endOthers': {
    prepare: async (world) => {
      const { userId } = await newSession(world);
      const others = { userId, currentId: randomUUID() };
      return (tenantId) => world.repository(SessionsRepository).endOthers(tenantId, others);
    },
  },
  'SessionsRepository.endAll': {
    prepare: async (world) => {
      const { userId } = await newSession(world);
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(SessionsRepository).endAll(tenantId, { userId }, transaction),
        );
    },
  },
  'UserFactorsRepository.find': {
    prepare: async (world) => {
      const { id } = await world.newUser();
      return (tenantId) => world.repository(UserFactorsRepository).find(tenantId, id);
    },
  },
  'UserFactorsRepository.findTotp': {
    prepare: async (world) => {
      const id = await newUserWithFactors(world);
      return (tenantId) => world.repository(UserFactorsRepository).findTotp(tenantId, id);
    },
  },
  'UserFactorsRepository.createTotp': {
    prepare: async (world) => {
      const { id } = await world.newUser();
      const totp = { secret: randomBytes(32), step: 1 };
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(UserFactorsRepository).createTotp(tenantId, id, totp, transaction),
        );
    },
  },
  'UserFactorsRepository.useTotpStep': {
    prepare: async (world) => {
      const id = await newUserWithFactors(world);
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(UserFactorsRepository).useTotpStep(tenantId, id, 9, transaction),
        );
    },
  },
  'UserFactorsRepository.replaceRecoveryCodes': {
    prepare: async (world) => {
      const { id } = await world.newUser();
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(UserFactorsRepository).replaceRecoveryCodes(tenantId, id, [randomBytes(32)], transaction),
        );
    },
  },
  'UserFactorsRepository.useRecoveryCode': {
    prepare: async (world) => {
      const id = await newUserWithFactors(world);
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(UserFactorsRepository).useRecoveryCode(tenantId, id, CODE, transaction),
        );
    },
  },
  'UserFactorsRepository.deleteTotp': {
    prepare: async (world) => {
      const id = await newUserWithFactors(world);
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(UserFactorsRepository).deleteTotp(tenantId, id, transaction),
        );
    },
  },
  'UserFactorsRepository.countRecoveryCodes': {
    prepare: async (world) => {
      const id = await newUserWithFactors(world);
      return (tenantId) => world.repository(UserFactorsRepository).countRecoveryCodes(tenantId, id);
    },
  },
  'UserFactorsRepository.mark': {
    prepare: async (world) => {
      const { id } = await world.newUser();
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(UserFactorsRepository).mark(tenantId, id, 'passkey', transaction),
        );
    },
  },
  'UserFactorsRepository.remove': {
    prepare: async (world) => {
      const id = await newUserWithFactors(world);
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(UserFactorsRepository).remove(tenantId, id, 'totp', transaction),
        );
    },
  },
  'RememberedDevicesRepository.create': {
    prepare: async (world) => {
      const { id: userId } = await world.newUser();
      const device = { userId, digest: randomBytes(32), lifetimeSeconds: 600 };
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(RememberedDevicesRepository).create(tenantId, device, transaction),
        );
    },
  },
  'RememberedDevicesRepository.findUser': {
    prepare: async (world) => {
      const { digest } = await newDevice(world);
      return (tenantId) => world.repository(RememberedDevicesRepository).findUser(tenantId, digest, 600);
    },
  },
  'RememberedDevicesRepository.forget': {
    prepare: async (world) => {
      const { userId } = await newDevice(world);
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(RememberedDevicesRepository).forget(tenantId, userId, transaction),
        );
    },
  },
  'PasswordChangesRepository.change': {
    prepare: async (world) => {
      const { userId } = await newSession(world);
      const session = { id: randomUUID(), digest: randomBytes(32), userId, authTime: Date.now() / 1000 };
      const rest = { acr: 'urn:test', amr: ['pwd'], lifetimeSeconds: 600 };
      const change = { passwordHash: 'a hash', session: { ...session, ...rest } };
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(PasswordChangesRepository).change(tenantId, change, transaction),
        );
    },
  },
  'PasswordChangesRepository.wasRecent': {
    prepare: async (world) => {
      const { id, username } = await world.newUser();
      await world.entities(world.acmeId, (manager) =>
        world.repository(UsersRepository).endEverything(world.acmeId, id, manager),
      );
      return (tenantId) => world.repository(PasswordChangesRepository).wasRecent(tenantId, username);
    },
  },
  'PendingRequestsRepository.create': {
    prepare: async (world) => {
      const { client_id: clientId } = await world.platform.operator.create<{ client_id: string }>(
        '/tenants/acme/clients',
        { grant_types: ['client_credentials'] },
      );
      const request = { clientId, parameters: [], browserDigest: undefined, lifetimeSeconds: 60 };
      return (tenantId) =>
        world.repository(PendingRequestsRepository).create(tenantId, { ...request, id: randomUUID() });
    },
  },
  'PendingRequestsRepository.find': {
    prepare: async (world) => {
      const id = await newPendingRequest(world);
      return (tenantId) => world.repository(PendingRequestsRepository).find(tenantId, id);
    },
  },
  'PendingRequestsRepository.bind': {
    prepare: async (world) => {
      const id = await newPendingRequest(world);
      return (tenantId) => world.repository(PendingRequestsRepository).bind(tenantId, id, randomBytes(32));
    },
  },
  'PendingRequestsRepository.replaceParameters': {
    prepare: async (world) => {
      const id = await newPendingRequest(world);
      return (tenantId) => world.repository(PendingRequestsRepository).replaceParameters(tenantId, id, [['a', 'b']]);
    },
  },
  'PendingRequestsRepository.complete': {
    prepare: async (world) => {
      const id = await newPendingRequest(world);
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world
            .repository(PendingRequestsRepository)
            .complete(tenantId, id, { decision: 'granted', userId: undefined }, transaction),
        );
    },
  },
  'ConsentsRepository.listForClient': {
    prepare: async (world) => {
      const { userId } = await newConsent(world);
      return (tenantId) => world.repository(ConsentsRepository).listForClient(tenantId, userId, 'web');
    },
  },
  'ConsentsRepository.list': {
    prepare: async (world) => {
      const { userId } = await newConsent(world);
      return (tenantId) => world.repository(ConsentsRepository).list(tenantId, { userId, limit: 200 });
    },
  },
  'ConsentsRepository.find': {
    prepare: async (world) => {
      const { id } = await newConsent(world);
      return (tenantId) => world.repository(ConsentsRepository).find(tenantId, id);
    },
  },
  'ConsentsRepository.approve': {
    prepare: async (world) => {
      const { userId } = await newConsent(world);
      const consent = { user_id: userId, client_id: 'web', resource: '', scopes: ['profile'], declined: [] };
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(ConsentsRepository).approve(tenantId, [consent], transaction),
        );
    },
  },
  'ConsentsRepository.withdraw': {
    prepare: async (world) => {
      const { userId } = await newConsent(world);
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(ConsentsRepository).withdraw(tenantId, { userId, clientId: 'web' }, transaction),
        );
    },
  },
  'AttemptsRepository.begin': {
    prepare: async (world) => {
      const counted = buckets();
      const attempts = world.repository(AttemptsRepository);
      const begin = (tenantId: TenantId) =>
        world.transaction(tenantId, (transaction) => attempts.begin(tenantId, counted, transaction));
      for (let attempt = 0; attempt < 11; attempt += 1) await begin(world.acmeId);
      return async (tenantId) => (await begin(tenantId)).refused;
    },
  },
  'AttemptsRepository.succeed': {
    prepare: (world) => {
      const counted = buckets();
      return (tenantId) =>
        world.transaction(tenantId, (transaction) =>
          world.repository(AttemptsRepository).succeed(tenantId, counted, transaction),
        );
    },
  },
  'AuditEventsRepository.list': {
    prepare: async (world) => {
      const type = `test.${randomUUID()}`;
      await world.repository(AuditEventsRepository).append([
        {
          tenant_id: world.acmeId,
          id: randomUUID(),
          occurred_at: new Date(),
          type,
          outcome: 'success',
          actor: null,
          client_id: null,
          user_id: null,
          target: null,
          address: null,
          request_id: null,
          details: {},
        },
      ]);
      return (tenantId) => world.repository(AuditEventsRepository).list(tenantId, { type, limit: 10 });
    },
  },
};
