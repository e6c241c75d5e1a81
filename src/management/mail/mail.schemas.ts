import { LOCALES } from '../../language/messages.js';
import { MAIL_STATES } from '../../mail/mails.repository.js';
import { type ResourceSchemas, TEXT, TIME, UUID, objectSchema, pageSchema } from '../schema/answer-schema.js';
import { orNull } from '../schema/schema.js';
import { SendTestMailDto } from './mail.dto.js';

export function mailSchemas(): ResourceSchemas {
  return {
    bodies: [[SendTestMailDto, { to: 'admin@example.com' }]],
    queries: [],
    answers: {
      Mail: objectSchema({
        id: { ...UUID, description: 'Part of the Message-ID.' },
        template: { ...TEXT, description: 'What kind of mail it is.', examples: ['test'] },
        locale: { type: 'string', enum: LOCALES, description: 'Its language.' },
        recipient: { ...TEXT, description: 'Most of its characters are left out.', examples: ['a…e@example.com'] },
        user_id: { ...orNull(UUID), description: 'Whose mail it is; it is deleted with the user.' },
        state: {
          type: 'string',
          enum: MAIL_STATES,
          description:
            'Waits for delivery; kept for `/dev/mail`, because there is no SMTP server; taken by the SMTP server; given up.',
        },
        attempts: { type: 'integer', description: 'Attempts that were begun.' },
        reply: { ...orNull(TEXT), description: 'What the SMTP server said last, or why it said nothing.' },
        next_attempt_at: { ...orNull(TIME), description: 'When the next attempt is due, while it waits.' },
        created_at: { ...TIME, description: 'When its cause happened.' },
        ended_at: { ...orNull(TIME), description: 'When it was taken or given up.' },
      }),
      MailPage: pageSchema('Mail'),
    },
  };
}
