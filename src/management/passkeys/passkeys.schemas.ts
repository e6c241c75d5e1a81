import { type ResourceSchemas, TEXT, TIMES, UUID, objectSchema, pageSchema } from '../schema/answer-schema.js';
import { ListPasskeysQuery } from './passkeys.dto.js';

export function passkeySchemas(): ResourceSchemas {
  const { created_at } = TIMES;
  return {
    bodies: [],
    queries: [ListPasskeysQuery],
    answers: {
      Passkey: objectSchema({
        id: { ...UUID, description: 'Names the passkey when it is removed.' },
        user_id: { ...UUID, description: 'Whose it is.' },
        name: { ...TEXT, description: 'As its owner calls it.' },
        rp_id: { ...TEXT, description: 'The domain it works at: the host of the address at which it was added.' },
        aaguid: { ...UUID, description: 'The model of the authenticator, by its own account.' },
        authenticator: { type: ['string', 'null'], description: 'What that model is known as.' },
        backup_eligible: { type: 'boolean', description: 'It may be copied to other devices of its owner.' },
        backed_up: { type: 'boolean', description: 'It has been copied.' },
        created_at,
        last_used_at: {
          type: ['string', 'null'],
          format: 'date-time',
          description: 'When it was last used; `null`: never.',
        },
      }),
      PasskeyPage: pageSchema('Passkey'),
    },
  };
}
