import type { Command } from 'commander';
import type { CommonOptions, Tools } from './resource.js';
import { findUser } from './user-target.js';

/** Which developers own a client that was registered by one. */
export function addOwners(noun: Command, { common, api: connect, answer }: Tools): void {
  for (const [verb, id, what, done] of [
    ['give-owner', 'giveClientOwner', 'make a user an owner', 'is an owner'],
    ['take-owner', 'takeClientOwner', 'make a user an owner no longer', 'is an owner no longer'],
  ] as const) {
    common(noun.command(`${verb} <tenant> <registration> <user>`).description(what)).action(
      async (tenant: string, registration: string, user: string, options: CommonOptions) => {
        const api = await connect(options);
        const path = { tenant, registration_id: registration, user_id: await findUser(api, tenant, user) };
        const missing = `client registration ${registration} of tenant ${tenant}, or user ${user}`;
        const { body } = await api.send(id, { path, missing });
        answer(options, body ?? {}, () => `The user ${user} of tenant ${tenant} ${done}.`);
      },
    );
  }
}
