import { ACCESS_LEVELS, GRANT_STATUSES, REACHES } from '../../operator-access/access-grant.js';
import { type ResourceSchemas, TEXT, TIME, UUID, objectSchema, pageSchema } from '../schema/answer-schema.js';
import { orNull } from '../schema/schema.js';
import { CreateAccessGrantDto } from './access-grants.dto.js';

const BY = 'as in audit events';

export function accessGrantSchemas(): ResourceSchemas {
  const example = { reason: 'Alice cannot sign in since the import.', ticket: 'HELP-4711', level: 'write' };
  return {
    bodies: [[CreateAccessGrantDto, example]],
    queries: [],
    answers: {
      AccessGrant: objectSchema({
        id: { ...UUID, description: 'Stands in the audit events of each use.' },
        status: {
          type: 'string',
          enum: GRANT_STATUSES,
          description:
            '`requested`: an owner has to approve it. `waiting`: an emergency that has not begun. `active`: it holds. `refused`: ended before it began. `ended`, `expired`: it is over.',
        },
        operator: { ...TEXT, description: `Whom it is for, ${BY}.` },
        reason: { ...TEXT, description: 'Why the operator needs it.' },
        ticket: { ...orNull(TEXT), description: 'Where the reason is written down at length.' },
        reach: { type: 'array', items: { type: 'string', enum: REACHES }, description: 'What it is for.' },
        level: { type: 'string', enum: ACCESS_LEVELS, description: '`write` includes `read`.' },
        emergency: { type: 'boolean', description: 'It began, or begins, without approval.' },
        duration_seconds: { type: 'integer', description: 'How long it lasts from its beginning.' },
        requested_at: { ...TIME, description: 'When the operator asked for it.' },
        begins_at: { ...orNull(TIME), description: 'From when it holds; `null` until it is approved.' },
        expires_at: { ...TIME, description: 'When it is over; of a request: when it lapses.' },
        approved_by: { ...orNull(TEXT), description: `The owner who approved it, ${BY}.` },
        ended_at: { ...orNull(TIME), description: 'When somebody ended or refused it.' },
        ended_by: { ...orNull(TEXT), description: `Who did that, ${BY}.` },
      }),
      AccessGrantPage: pageSchema('AccessGrant'),
    },
  };
}
