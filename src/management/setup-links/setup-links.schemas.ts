import { MAX_SETUP_ACTS, SETUP_LINK_STATUSES } from '../../setup-links/setup-link.js';
import { SETUP_PURPOSES } from '../../setup-links/setup-purposes.js';
import { type ResourceSchemas, TEXT, TIME, URI, UUID, objectSchema, pageSchema } from '../schema/answer-schema.js';
import { type Schema, orNull, refTo } from '../schema/schema.js';
import { CreateSetupLinkDto, ListSetupLinksQuery } from './setup-links.dto.js';

const BY = 'as in audit events';

export function setupLinkSchemas(): ResourceSchemas {
  const example = { purposes: ['verify_domain', 'brand'], email: 'it@acme.example', note: 'IT of Acme' };
  return {
    bodies: [[CreateSetupLinkDto, example]],
    queries: [ListSetupLinksQuery],
    answers: {
      SetupLink: objectSchema(members()),
      CreatedSetupLink: objectSchema({
        ...members(),
        url: { ...URI, description: 'The link. It is told here, and nowhere again.' },
      }),
      SetupLinkPage: pageSchema('SetupLink'),
      SetupAct: objectSchema({
        at: { ...TIME, description: 'When it was done.' },
        type: { ...TEXT, description: 'Type of its audit event.' },
        target: { ...TEXT, description: 'What it was done to, as in the audit event.' },
      }),
    },
  };
}

function members(): Readonly<Record<string, Schema>> {
  return {
    id: { ...UUID, description: 'Stands in the audit events of what is done with it.' },
    status: {
      type: 'string',
      enum: SETUP_LINK_STATUSES,
      description:
        '`open`: it can be opened. `used`: it was for one opening, which was made; its session may go on. `expired`, `revoked`: it is over.',
    },
    works: {
      type: 'boolean',
      description: 'Whether it is not over, and who made it still has the permissions for what it is for.',
    },
    purposes: { type: 'array', items: { type: 'string', enum: SETUP_PURPOSES }, description: 'What it is for.' },
    single_use: { type: 'boolean', description: 'It can be opened once.' },
    email: { ...orNull(TEXT), description: 'Where it was mailed.' },
    locale: { ...orNull(TEXT), description: 'Language of the mail; `null`: the tenant’s.' },
    note: { ...orNull(TEXT), description: 'For whom it is.' },
    made_by: { ...TEXT, description: `Who made it, ${BY}.` },
    created_at: { ...TIME, description: 'When it was made.' },
    expires_at: { ...TIME, description: 'When it is over.' },
    opened_at: { ...orNull(TIME), description: 'When it was opened first.' },
    openings: { type: 'integer', description: 'How often it was opened.' },
    last_used_at: { ...orNull(TIME), description: 'When it was used last, to the minute.' },
    revoked_at: { ...orNull(TIME), description: 'When it was revoked.' },
    revoked_by: { ...orNull(TEXT), description: `Who did that, ${BY}.` },
    done: {
      type: 'array',
      items: refTo('SetupAct'),
      maxItems: MAX_SETUP_ACTS,
      description: 'The last changes that were made with it, oldest first.',
    },
  };
}
