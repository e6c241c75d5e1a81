import { USAGE_EVENTS, USAGE_NAMES, type UsageName } from '../../usage/daily-usage.js';
import { type ResourceSchemas, objectSchema } from '../schema/answer-schema.js';
import { type Schema, refTo } from '../schema/schema.js';
import { UsageQuery } from './usage.query.js';
import { toWire } from '../kit/wire.js';

const COUNTED: Readonly<Record<UsageName, string>> = {
  signIns: 'Sign-ins of people.',
  failedSignIns: 'Attempts that failed: of the password, the passkey or the second factor.',
  newUsers: 'Accounts that were made: by the API, by sign-up and by invitation.',
  issuedTokens: 'Answers of the token endpoint with tokens.',
  refusedTokens: 'Refusals of the token endpoint, and clients that could not authenticate.',
  mails: 'Mails that were sent.',
};

const DAY: Schema = { type: 'string', format: 'date' };

export function usageSchemas(): ResourceSchemas {
  const counts = toWire(Object.fromEntries(USAGE_NAMES.map((name) => [name, countOf(name)]))) as Record<string, Schema>;
  return {
    bodies: [],
    queries: [UsageQuery],
    answers: {
      Usage: objectSchema({
        from: { ...DAY, description: 'The first day.' },
        to: { ...DAY, description: 'The last day.' },
        total: objectSchema(counts, { description: 'Of all days together.' }),
        data: { type: 'array', items: refTo('DailyUsage'), description: 'Every day, the first one first.' },
      }),
      DailyUsage: objectSchema({ day: { ...DAY, description: 'In UTC.' }, ...counts }),
    },
  };
}

function countOf(name: UsageName): Schema {
  const events = USAGE_EVENTS[name].map((type) => `\`${type}\``).join(', ');
  return { type: 'integer', description: `${COUNTED[name]} Counted from ${events}.` };
}
