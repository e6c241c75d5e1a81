import { type ResourceSchemas, allShown, objectSchema, pageSchema } from '../schema/answer-schema.js';
import { orNull, refTo } from '../schema/schema.js';
import {
  AllowedValueDto,
  AttributeClaimDto,
  CreateUserAttributeDto,
  UpdateUserAttributeDto,
} from './user-attributes.dto.js';

export function userAttributeSchemas(): ResourceSchemas {
  const claim = { name: 'department', scopes: ['profile'], tokens: ['id_token', 'userinfo'] };
  return {
    bodies: [
      [CreateUserAttributeDto, { name: 'department', type: 'string', labels: { en: 'Department' }, claim }],
      [UpdateUserAttributeDto, { claim: null }],
      [AttributeClaimDto],
      [AllowedValueDto],
    ],
    queries: [],
    answers: {
      ReleasedClaim: objectSchema(allShown(AttributeClaimDto)),
      UserAttribute: objectSchema({
        ...allShown(CreateUserAttributeDto),
        claim: { ...orNull(refTo('ReleasedClaim')), description: 'How applications get it; `null`: they do not.' },
      }),
      UserAttributePage: pageSchema('UserAttribute'),
    },
  };
}
