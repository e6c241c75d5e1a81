import { type ResourceSchemas, TEXT, TIMES, objectSchema, pageSchema, shown } from '../schema/answer-schema.js';
import { type Schema, orNull, refTo } from '../schema/schema.js';
import { schemaName } from '../schema/schema-of.js';
import { POLICY_VALUE, dryRunSchemas } from '../tenants/policy-impact.view.js';
import { POLICY_MEMBER_NAMES } from '../tenants/policy-members.js';
import { PolicyDto } from '../tenants/policy.dto.js';
import { DryRunQuery } from '../tenants/tenants.dto.js';
import {
  CreatePolicyTemplateDto,
  EffectivePolicyQuery,
  LayerDryRunQuery,
  UpdatePlatformPolicyDto,
  UpdatePolicyTemplateDto,
} from './policies.dto.js';

export function policySchemas(): ResourceSchemas {
  const policy = { ...refTo(schemaName(PolicyDto)), description: 'What is decided here.' };
  return {
    bodies: [
      [UpdatePlatformPolicyDto, { policy: { require_pkce: true }, policy_locks: ['require_pkce'] }],
      [
        CreatePolicyTemplateDto,
        { name: 'regulated', display_name: 'Regulated customers', policy: { second_factor: 'required' } },
      ],
      [UpdatePolicyTemplateDto, { policy_locks: ['second_factor'] }],
    ],
    queries: [EffectivePolicyQuery, DryRunQuery, LayerDryRunQuery],
    answers: {
      PlatformPolicy: objectSchema({
        policy,
        ...shown(UpdatePlatformPolicyDto, ['policy_locks']),
        updated_at: TIMES.updated_at,
      }),
      PolicyTemplate: objectSchema({
        ...shown(CreatePolicyTemplateDto, ['name', 'display_name']),
        description: { ...orNull(TEXT), description: 'What it is for.' },
        policy,
        ...shown(CreatePolicyTemplateDto, ['policy_locks']),
        ...TIMES,
      }),
      PolicyTemplatePage: pageSchema('PolicyTemplate'),
      PolicyInEffect: objectSchema(
        {
          policy: { ...refTo('EffectivePolicy'), description: 'What holds.' },
          client_id: { ...orNull(TEXT), description: 'The client that it holds for; null: the tenant.' },
          policy_template: { ...orNull(TEXT), description: 'The template that the tenant inherits from.' },
          explained: {
            type: 'object',
            description: 'With `explain`: where each value comes from, by the name of the member.',
            properties: Object.fromEntries(
              POLICY_MEMBER_NAMES.map((name) => [
                name,
                { ...refTo('ExplainedPolicy'), description: 'How its value came about.' },
              ]),
            ),
          },
        },
        { optional: ['explained'] },
      ),
      ExplainedPolicy: explained(),
      ...dryRunSchemas(),
    },
  };
}

function explained(): Schema {
  const layers = ['platform', 'template', 'tenant'];
  return objectSchema({
    value: POLICY_VALUE,
    from: {
      type: 'string',
      enum: ['built_in', ...layers, 'client', 'rule'],
      description: 'Who decided it. `rule`: values of several layers may not be together, and the stricter one holds.',
    },
    locked_by: { type: ['string', 'null'], enum: [...layers, null], description: 'Who locked it for all below.' },
    decided: {
      type: 'array',
      description: 'Every value that was set, highest layer first, also those without effect.',
      items: objectSchema({
        by: { type: 'string', enum: [...layers, 'client'], description: 'Who set it.' },
        value: POLICY_VALUE,
        in_force: { type: 'boolean', description: 'It is the value above.' },
      }),
    },
  });
}
