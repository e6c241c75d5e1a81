import { createConfig, lintFromString } from '@redocly/openapi-core';
import { apiDocument } from './api-document.js';

/**
 * What Redocly finds in the OpenAPI document: its strict rules, in which a warning is an error, and those below. A rule
 * that is off has its reason beside it.
 */
const RULES = {
  // "deletions" is reserved, so /tenants/deletions/{deletion} is the address of no tenant.
  'no-ambiguous-paths': 'off',
  // The document is made for any platform here.
  'no-server-example.com': 'off',
  'component-name-unique': 'error',
  'no-enum-type-mismatch': 'error',
  'no-http-verbs-in-paths': 'error',
  'no-invalid-media-type-examples': 'error',
  'no-invalid-parameter-examples': 'error',
  'no-invalid-schema-examples': 'error',
  'no-path-trailing-slash': 'error',
  'no-required-schema-properties-undefined': 'error',
  'no-schema-type-mismatch': 'error',
  'operation-4xx-problem-details-rfc7807': 'error',
  'operation-operationId-url-safe': 'error',
  'operation-singular-tag': 'error',
  'parameter-description': 'error',
  'path-declaration-must-exist': 'error',
  'paths-kebab-case': 'error',
  'tag-description': 'error',
  'rule/operations-are-described': {
    subject: { type: 'Operation' },
    assertions: { required: ['operationId', 'summary', 'tags', 'security', 'parameters', 'responses'] },
    severity: 'error',
    message: 'An operation has a name, a summary, a tag, a scope, parameters and responses.',
  },
};

const config = await createConfig({ extends: ['recommended-strict'], rules: RULES });
const source = JSON.stringify(await apiDocument());
const problems = await lintFromString({ source, absoluteRef: '/openapi.json', config });
for (const { ruleId, message, location } of problems) {
  process.stdout.write(`${ruleId}: ${message}\n  ${location[0]?.pointer ?? ''}\n`);
}
process.exit(problems.length === 0 ? 0 : 1);
