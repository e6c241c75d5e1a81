import { PROOF_METHODS } from '../../domains/domain-check.js';
import {
  type ResourceSchemas,
  TEXT,
  TEXTS,
  TIME,
  TIMES,
  URI,
  objectSchema,
  pageSchema,
} from '../schema/answer-schema.js';
import { type Schema, orNull, refTo } from '../schema/schema.js';
import { CreateDomainDto, UpdateDomainDto } from './domains.dto.js';

export function domainSchemas(): ResourceSchemas {
  return {
    bodies: [
      [CreateDomainDto, { domain: 'login.acme.example' }],
      [UpdateDomainDto, { primary: true }],
    ],
    queries: [],
    answers: {
      Domain: objectSchema({
        domain: { ...TEXT, description: 'Its name, as it is kept and compared.' },
        status: {
          type: 'string',
          enum: ['pending', 'verified'],
          description: 'Once it is verified, it is an address of the tenant.',
        },
        issuer: { ...URI, description: 'The issuer identifier that it has, or will have.' },
        primary: { type: 'boolean', description: 'Whether mails and the API show it as the issuer of the tenant.' },
        challenge: challenge(),
        verified_by: { enum: [...PROOF_METHODS, null], description: 'What proved it.' },
        verified_at: { ...orNull(TIME), description: 'Since when it is verified.' },
        last_check: { anyOf: [refTo('DomainCheck'), { type: 'null' }], description: 'What the last check found.' },
        last_checked_at: { ...orNull(TIME), description: 'When that was.' },
        next_check_at: {
          ...orNull(TIME),
          description:
            'When the platform looks by itself: a verified domain is proven again about once a day. `null`: not any more; ask for it.',
        },
        proven_at: { ...orNull(TIME), description: 'When the proof was found last.' },
        failing_since: {
          ...orNull(TIME),
          description: 'Since when the proof of a verified domain is missing. It goes on until `lapses_at`.',
        },
        lapses_at: { ...orNull(TIME), description: 'When it becomes pending again, unless the proof is back.' },
        lapsed_at: {
          ...orNull(TIME),
          description: 'Of a pending domain: when it became that, because its proof was missing for too long.',
        },
        fault: {
          type: ['string', 'null'],
          description: 'What was wrong when the proof was missing, also of a domain that has lapsed. One sentence.',
        },
        ...TIMES,
      }),
      DomainPage: pageSchema('Domain'),
      DomainCheck: objectSchema({
        dns: { ...refTo('DomainFinding'), description: 'Of the record.' },
        file: {
          anyOf: [refTo('DomainFinding'), { type: 'null' }],
          description: 'Of the file; `null`: the record was enough.',
        },
      }),
      DomainFinding: objectSchema({
        proven: { type: 'boolean', description: 'Whether it is the expected one.' },
        conclusive: {
          type: 'boolean',
          description:
            'Whether what is there was seen. `false`: servers gave no answer, which counts against no verified domain.',
        },
        found: { ...TEXTS, description: 'What is there. Of records the first five.' },
        detail: { ...TEXT, description: 'One sentence for whoever has to mend it.' },
      }),
    },
  };
}

/** One of the two is enough. */
function challenge(): Schema {
  return {
    ...objectSchema({
      dns: objectSchema(
        {
          type: { type: 'string', enum: ['TXT'], description: 'Type of the record.' },
          name: { ...TEXT, description: 'Name of the record.' },
          value: { ...TEXT, description: 'Its value.' },
        },
        { description: 'A record in DNS.' },
      ),
      file: objectSchema(
        {
          url: { ...URI, description: 'Where the file is, by https or http, without redirects.' },
          content: { ...TEXT, description: 'One of its lines.' },
        },
        { description: 'A file at the domain.' },
      ),
    }),
    description: 'How to prove that you hold the domain; one of the two is enough.',
  };
}
