import { type ResourceSchemas, TEXT, TIME, TIMES, UUID, objectSchema, pageSchema } from '../schema/answer-schema.js';
import { orNull, refTo } from '../schema/schema.js';
import { CreateGroupDto, ListGroupsQuery, UpdateGroupDto } from './groups.dto.js';

const BY = { ...orNull(TEXT), description: 'Who did it, as in audit events.' };
const SINCE = { ...TIME, description: 'Since when.' };

export function groupSchemas(): ResourceSchemas {
  return {
    bodies: [
      [CreateGroupDto, { name: 'platform:admins', display_name: 'Platform administrators' }],
      [UpdateGroupDto, { description: 'On call this year.' }],
    ],
    queries: [ListGroupsQuery],
    answers: {
      Group: objectSchema({
        id: { ...UUID, description: 'Stays when the name changes.' },
        name: { ...TEXT, description: 'What applications read in the claim `groups`.' },
        display_name: { ...orNull(TEXT), description: 'What people call it; `null`: its name.' },
        description: { ...orNull(TEXT), description: 'What it is for.' },
        ...TIMES,
      }),
      GroupPage: pageSchema('Group'),
      GroupMember: objectSchema({
        user_id: { ...UUID, description: 'The user.' },
        username: { ...TEXT, description: 'What the user signs in with.' },
        added_by: BY,
        created_at: SINCE,
      }),
      GroupMemberPage: pageSchema('GroupMember'),
      GroupMembership: objectSchema({
        group_id: { ...UUID, description: 'The group.' },
        group: { ...TEXT, description: 'Its name.' },
        added_by: BY,
        created_at: SINCE,
      }),
      GroupMemberships: objectSchema({
        data: { type: 'array', items: refTo('GroupMembership'), description: 'One for each group, by name.' },
      }),
    },
  };
}
