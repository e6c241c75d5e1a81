import { COUNTED_RESOURCES, RATE_NAMES } from '../../limits/tenant-quotas.js';
import { RATE_WIRE_NAMES } from '../../limits/tenant-rates.js';
import { type ResourceSchemas, objectSchema } from '../schema/answer-schema.js';
import { type Schema, refTo } from '../schema/schema.js';
import { schemaName, schemaOf } from '../schema/schema-of.js';
import { UpdateQuotasDto } from './quotas.dto.js';

export function quotaSchemas(): ResourceSchemas {
  const body = refTo(schemaName(UpdateQuotasDto));
  const number = (description: string): Schema => ({ type: 'integer', description });
  return {
    bodies: [[UpdateQuotasDto, { users: 1000, token_requests: { limit: 600, per: 'minute', burst: 100 } }]],
    queries: [],
    answers: {
      Quotas: objectSchema({
        quotas: { ...body, description: 'What operators set for this tenant.' },
        effective_quotas: {
          ...refTo('EffectiveQuotas'),
          description: 'What holds, with the defaults. `null`: no limit.',
        },
        used: objectSchema(
          Object.fromEntries(COUNTED_RESOURCES.map((name) => [name, number(`How many ${name} there are.`)])),
          { description: 'What the tenant has.' },
        ),
        available: objectSchema(
          Object.fromEntries(
            RATE_NAMES.map((name) => [
              RATE_WIRE_NAMES[name],
              { type: ['integer', 'null'], description: 'Left at this moment; `null` without a limit.' } as const,
            ]),
          ),
          { description: 'What no process has taken yet.' },
        ),
      }),
      EffectiveQuotas: objectSchema(schemaOf(UpdateQuotasDto).properties ?? {}),
    },
  };
}
