import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { givenPlatform, givenTenant } from '../support/given.js';
import { type Shown, type TestDeveloper, newDeveloper } from './developer-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme', {
  developer_registration: 'without_approval',
  developer_redirect_hosts: ['*'],
});
let ada: TestDeveloper;
let bob: TestDeveloper;
let id: string;

beforeEach(async () => {
  ada = await newDeveloper(platform, acme);
  bob = await newDeveloper(platform, acme, { email: `bob-${randomUUID()}@acme.test` });
  ({ id } = await ada.submitted());
});

const ask = (user: string, transfer = false) =>
  ada.call('POST', `/clients/${id}/owner-invitations`, { user, transfer });
async function askBob(transfer = false): Promise<string> {
  return (await ask(bob.username.toUpperCase(), transfer)).json<{ id: string }>().id;
}
const accept = (invitation: string, by = bob) => by.call('POST', `/client-invitations/${invitation}/acceptance`);
const ownersOf = async (who: TestDeveloper) => (await who.show(id)).owners.map(({ user_id: userId }) => userId).sort();

describe('owners', () => {
  it('are several, once the second accepts', async () => {
    const invitation = await askBob();
    expect((await bob.call('GET', `/clients/${id}`)).status).toBe(404);
    const { data } = (await bob.call('GET', '/client-invitations')).json<{ data: object[] }>();
    expect(data).toMatchObject([{ id: invitation, client_name: 'Shop', invited_by: ada.username, transfer: false }]);
    expect((await accept(invitation)).status).toBe(200);
    expect(await ownersOf(bob)).toEqual([ada.userId, bob.userId].sort());
    expect((await accept(invitation)).status).toBe(404);
  });

  it('are asked alike, whether anybody has the name or not', async () => {
    const [known, unknown] = [await ask(bob.username), await ask(`nobody-${randomUUID()}`)];
    expect([known.status, unknown.status]).toEqual([201, 201]);
    const shown = (await ada.call('GET', `/clients/${id}`)).json<{ owner_invitations: object[] }>();
    expect(shown.owner_invitations).toHaveLength(2);
    const [one, other] = shown.owner_invitations;
    expect(Object.keys(one ?? {})).toEqual(Object.keys(other ?? {}));
  });

  it('give a client away: who asked owns it no longer', async () => {
    expect((await accept(await askBob(true))).status).toBe(200);
    expect(await ownersOf(bob)).toEqual([bob.userId]);
    expect((await ada.call('GET', `/clients/${id}`)).status).toBe(404);
  });

  it('accept for themselves alone, and by an address only once it is verified', async () => {
    const carol = await newDeveloper(platform, acme);
    expect((await accept(await askBob(), carol)).status).toBe(404);
    const email = `carol-${randomUUID()}@acme.test`;
    await ask(email);
    await platform.operator.patch(`/tenants/acme/users/${carol.userId}`, { email, email_verified: false });
    const waiting = async () => (await carol.call('GET', '/client-invitations')).json<{ data: object[] }>().data;
    expect(await waiting()).toEqual([]);
    await platform.operator.patch(`/tenants/acme/users/${carol.userId}`, { email_verified: true });
    expect(await waiting()).toHaveLength(1);
  });

  it('decline, and are asked no longer', async () => {
    const declined = await askBob();
    expect((await bob.call('DELETE', `/client-invitations/${declined}`)).status).toBe(204);
    expect((await accept(declined)).status).toBe(404);
    const withdrawn = await askBob();
    expect((await ada.call('DELETE', `/clients/${id}/owner-invitations/${withdrawn}`)).status).toBe(204);
    expect((await accept(withdrawn)).status).toBe(404);
  });

  it('lose access at once when they are removed or disabled, and so does whom they asked', async () => {
    await accept(await askBob());
    const carol = await newDeveloper(platform, acme);
    const asked = (await bob.call('POST', `/clients/${id}/owner-invitations`, { user: carol.username })).json<{
      id: string;
    }>();
    expect((await ada.call('DELETE', `/clients/${id}/owners/${bob.userId}`)).status).toBe(204);
    expect((await bob.call('POST', `/clients/${id}/secrets`)).status).toBe(404);
    expect((await accept(asked.id, carol)).status).toBe(404);
    const invitation = (await ask(carol.username)).json<{ id: string }>();
    await platform.operator.patch(`/tenants/acme/users/${ada.userId}`, { enabled: false });
    expect((await ada.call('GET', `/clients/${id}`)).status).toBe(401);
    expect((await accept(invitation.id, carol)).status).toBe(404);
  });

  it('never leave a client alone, even two at once', async () => {
    expect((await ada.call('DELETE', `/clients/${id}/owners/${ada.userId}`)).status).toBe(409);
    await accept(await askBob());
    const answers = await Promise.all([
      ada.call('DELETE', `/clients/${id}/owners/${bob.userId}`),
      bob.call('DELETE', `/clients/${id}/owners/${ada.userId}`),
    ]);
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  });

  it('accept once, ten times at once', async () => {
    const invitation = await askBob();
    const answers = await Promise.all(Array.from({ length: 10 }, () => accept(invitation)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status >= 500)).toHaveLength(0);
  });

  it('are given and taken by administrators, who may leave it without one', async () => {
    const path = `/tenants/acme/client-registrations/${id}`;
    expect((await platform.operator.request('PUT', `${path}/owners/${bob.userId}`)).status).toBe(200);
    expect(await ownersOf(bob)).toEqual([ada.userId, bob.userId].sort());
    for (const { userId } of [ada, bob]) {
      expect((await platform.operator.request('DELETE', `${path}/owners/${userId}`)).status).toBe(204);
    }
    expect((await platform.operator.get<Shown>(path)).owners).toEqual([]);
    expect((await platform.operator.request('PUT', `${path}/owners/${randomUUID()}`)).status).toBe(404);
  });
});
