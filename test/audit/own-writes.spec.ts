import { beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { EVENT_GROUPS } from '../../src/audit/catalogue/event-catalogue.js';
import type { EventDescription } from '../../src/audit/catalogue/event-description.js';
import { ACCOUNT_OPERATIONS } from '../../src/endpoints/account-api/account-description.js';
import type { TestDeveloper } from '../developers/developer-fixture.js';
import { type Shown, decide, newDeveloper } from '../developers/developer-fixture.js';
import { type ListedEvent, eventsOf } from '../support/audit.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import type { HttpAnswer } from '../support/http.js';
import { mailsTo } from '../support/mails.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme', {
  account_deletion: 'on',
  developer_registration: 'with_approval',
  developer_redirect_hosts: ['*.acme.test'],
  developer_max_clients: 100,
});

let ada: TestDeveloper;
let bob: TestDeveloper;
beforeAll(async () => {
  ada = await newDeveloper(platform, acme, { email: `ada-${randomUUID()}@old.test` });
  bob = await newDeveloper(platform, acme);
});

const approved = async (): Promise<Shown> => {
  const { id } = await ada.submitted();
  const { status, text } = await decide(platform, 'acme', id, 'approval');
  if (status !== 200) throw new Error(text);
  return ada.show(id);
};
const invited = async (): Promise<{ id: string; invitation: string }> => {
  const { id } = await ada.draft();
  const asked = await ada.ok('POST', `/clients/${id}/owner-invitations`, { user: bob.username, transfer: false });
  return { id, invitation: asked.id };
};
const owned = async (): Promise<string> => {
  const { id, invitation } = await invited();
  await bob.ok('POST', `/client-invitations/${invitation}/acceptance`);
  return id;
};
const emailChange = async () => {
  const address = `${randomUUID()}@new.test`;
  const { change } = (await ada.call('POST', '/email-change', { email: address })).json<{ change: string }>();
  const [mail] = await mailsTo(platform, acme, address);
  return { change, code: mail?.code };
};

/** What leads to the write, which is the function that is returned; and the details of its event. */
interface Write {
  readonly given: () => Promise<() => Promise<HttpAnswer>>;
  readonly details: Readonly<Record<string, unknown>> | 'nothing changes';
}
const at = (work: () => Promise<HttpAnswer>) => () => Promise.resolve(work);

/** Every operation of the account API that writes. */
const WRITES: Readonly<Record<string, Write>> = {
  'patch /profile': {
    given: at(() => ada.call('PATCH', '/profile', { name: 'Ada' })),
    details: { changed: ['name'] },
  },
  'post /email-change': {
    given: at(() => ada.call('POST', '/email-change', { email: `${randomUUID()}@new.test` })),
    details: 'nothing changes',
  },
  'post /email-change/confirm': {
    given: async () => {
      const body = await emailChange();
      return () => ada.call('POST', '/email-change/confirm', body);
    },
    details: { changed: ['email'] },
  },
  'post /deletion': {
    given: at(() => ada.call('POST', '/deletion', {})),
    details: { changed: ['deletion_scheduled_for'] },
  },
  'delete /deletion': {
    given: async () => {
      await ada.call('POST', '/deletion', {});
      return () => ada.call('DELETE', '/deletion');
    },
    details: { changed: ['deletion_scheduled_for'] },
  },
  'delete /applications/{client_id}': {
    given: async () => {
      await platform.database.query(
        `INSERT INTO consents (tenant_id, id, user_id, client_id, resource, scopes)
         VALUES ($1, $2, $3, 'other', '', '{openid}')`,
        [acme.id, randomUUID(), ada.userId],
      );
      return () => ada.call('DELETE', '/applications/other');
    },
    details: { before: { allowed: [expect.objectContaining({ scopes: ['openid'] })] } },
  },
  'post /clients': {
    given: at(() =>
      ada.call('POST', '/clients', { client_name: 'Shop', redirect_uris: ['https://shop.acme.test/cb'] }),
    ),
    details: { after: { state: 'draft', proposal: expect.objectContaining({ client_name: 'Shop' }) } },
  },
  'patch /clients/{registration_id}': {
    given: async () => {
      const { id } = await ada.draft();
      return () => ada.patch(id, { client_name: 'Other' });
    },
    details: { before: { proposal: { client_name: 'Shop' } }, after: { proposal: { client_name: 'Other' } } },
  },
  'delete /clients/{registration_id}': {
    given: async () => {
      const { id } = await approved();
      return () => ada.call('DELETE', `/clients/${id}`);
    },
    details: { before: expect.objectContaining({ client: expect.objectContaining({ client_name: 'Shop' }) }) },
  },
  'post /clients/{registration_id}/submission': {
    given: async () => {
      const { id } = await ada.draft();
      return () => ada.call('POST', `/clients/${id}/submission`);
    },
    details: { before: { state: 'draft' }, after: { state: 'pending' } },
  },
  'delete /clients/{registration_id}/submission': {
    given: async () => {
      const { id } = await ada.submitted();
      return () => ada.call('DELETE', `/clients/${id}/submission`);
    },
    details: { before: { state: 'pending' }, after: { state: 'draft' } },
  },
  'post /clients/{registration_id}/secrets': {
    given: async () => {
      const { id } = await approved();
      return () => ada.call('POST', `/clients/${id}/secrets`);
    },
    details: { after: { id: expect.any(String), made_at: expect.any(String) } },
  },
  'delete /clients/{registration_id}/secrets/{secret_id}': {
    given: async () => {
      const { id } = await approved();
      const made = [await ada.ok('POST', `/clients/${id}/secrets`), await ada.ok('POST', `/clients/${id}/secrets`)];
      return () => ada.call('DELETE', `/clients/${id}/secrets/${made[0]?.id}`);
    },
    details: { before: { id: expect.any(String), made_at: expect.any(String), expires_at: null } },
  },
  'post /clients/{registration_id}/owner-invitations': {
    given: async () => {
      const { id } = await ada.draft();
      const body = { user: bob.username, transfer: true };
      return () => ada.call('POST', `/clients/${id}/owner-invitations`, body);
    },
    details: { after: { invitation: expect.any(String), transfer: true } },
  },
  'delete /clients/{registration_id}/owner-invitations/{invitation_id}': {
    given: async () => {
      const { id, invitation } = await invited();
      return () => ada.call('DELETE', `/clients/${id}/owner-invitations/${invitation}`);
    },
    details: { before: { invitation: expect.any(String) } },
  },
  'delete /clients/{registration_id}/owners/{user_id}': {
    given: async () => {
      const id = await owned();
      return () => ada.call('DELETE', `/clients/${id}/owners/${bob.userId}`);
    },
    details: { before: { owner: expect.any(String) } },
  },
  'post /client-invitations/{invitation_id}/acceptance': {
    given: async () => {
      const { invitation } = await invited();
      return () => bob.call('POST', `/client-invitations/${invitation}/acceptance`);
    },
    details: { after: { owner: expect.any(String) } },
  },
  'delete /client-invitations/{invitation_id}': {
    given: async () => {
      const { invitation } = await invited();
      return () => bob.call('DELETE', `/client-invitations/${invitation}`);
    },
    details: { before: { invitation: expect.any(String), transfer: false } },
  },
  'delete /sessions/{session_id}': {
    given: async () => {
      const person = await newDeveloper(platform, acme);
      const { data } = (await person.call('GET', '/sessions')).json<{ data: { id: string }[] }>();
      return () => person.call('DELETE', `/sessions/${data[0]?.id}`);
    },
    details: { before: { sessions: [expect.any(String)] } },
  },
  'delete /sessions': {
    given: async () => {
      const person = await newDeveloper(platform, acme);
      return () => person.call('DELETE', '/sessions');
    },
    details: { before: { sessions: [expect.any(String)] } },
  },
};

/** They test and change nothing. */
const READS = new Set(['post /clients/{registration_id}/redirect-test']);
const OPERATIONS = Object.entries(ACCOUNT_OPERATIONS).flatMap(([path, methods]) =>
  Object.keys(methods)
    .filter((method) => method !== 'get')
    .map((method) => `${method} ${path}`),
);

describe('a write of a person at the account API', () => {
  it('has a case here', () => {
    expect(Object.keys(WRITES).sort()).toEqual(OPERATIONS.filter((name) => !READS.has(name)).sort());
  });

  it.each(Object.entries(WRITES))('%s says what it changed', async (_, { given, details }) => {
    const write = await given();
    const events = await eventsOf(platform.operator, 'acme', async () => {
      const { status, text } = await write();
      if (status >= 300) throw new Error(`${status} ${text}`);
    });
    const changes = events.map(changesOf).filter((members) => Object.keys(members).length > 0);
    if (details === 'nothing changes') expect([events.length, changes]).toEqual([1, []]);
    else expect(changes).toEqual([expect.objectContaining(details)]);
  });

  it('leaves no secret', async () => {
    const { id } = await approved();
    const { client_secret: secret = '' } = (await ada.call('POST', `/clients/${id}/secrets`)).json<
      Record<string, string>
    >();
    expect(secret).toMatch(/.{20}/);
    const rows = JSON.stringify(await platform.database.query('SELECT * FROM audit_events'));
    for (const text of [secret, 'argon2', 'seven ravens']) expect(rows).not.toContain(text);
  });
});

/** No member of an account differs by these. */
const CHANGE_NOTHING = new Set(
  (
    'user.signed_up invitation.accepted user.signed_in user.sign_in_failed user.signed_out user.second_factor_proven ' +
    'user.second_factor_failed user.password_reset_requested user.password_reset_failed user.username_requested ' +
    'passkey.counter_rolled_back user.email_change_requested user.data_exported user.deleted consent.granted ' +
    'consent.denied'
  ).split(' '),
);

describe('the catalogue', () => {
  it('says of every event of people what has changed, or that nothing has', () => {
    const { people } = groups();
    const silent = Object.entries(people).filter(
      ([, { details = {}, isWrite }]) => !isWrite && !['changed', 'before', 'after'].some((name) => name in details),
    );
    expect(silent.map(([type]) => type).filter((type) => !CHANGE_NOTHING.has(type))).toEqual([]);
  });
});

function changesOf({ details }: ListedEvent): Readonly<Record<string, unknown>> {
  const members = Object.entries(details ?? {}).filter(([name]) => ['changed', 'before', 'after'].includes(name));
  return Object.fromEntries(members);
}

function groups() {
  const all = Object.assign({}, ...EVENT_GROUPS.map(([, events]) => events)) as Record<string, EventDescription>;
  const ofPeople = /^(user|passkey|consent|invitation\.accepted)/;
  return { people: Object.fromEntries(Object.entries(all).filter(([type]) => ofPeople.test(type))) };
}
