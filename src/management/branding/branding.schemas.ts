import { type ResourceSchemas, TEXT, TIME, URI, allShown, objectSchema, pageSchema } from '../schema/answer-schema.js';
import { type Schema, orNull, refTo } from '../schema/schema.js';
import { BrandingDto } from '../tenants/branding.dto.js';
import { PublishBrandingDto, UpdateBrandingDraftDto } from './branding.dto.js';

const COLOR: Schema = { type: 'string', pattern: '^#[0-9a-f]{6}$', examples: ['#0a7d5a'] };

export function brandingSchemas(): ResourceSchemas {
  return {
    bodies: [
      [
        UpdateBrandingDraftDto,
        { branding: { primary_color: '#0a7d5a' }, texts: { en: { 'signIn.title': 'Welcome to {tenant}' } } },
      ],
      [PublishBrandingDto, { note: 'Spring campaign' }],
    ],
    queries: [],
    answers: {
      BrandingDraft: objectSchema({
        state: {
          type: 'string',
          enum: ['draft', 'published'],
          description: '`published`: there is no draft, and this is what people see.',
        },
        ...content(),
        is_outdated: {
          type: 'boolean',
          description: 'Something else was published since the draft was begun. Publishing the draft would undo it.',
        },
        changed_by: { ...orNull(TEXT), description: 'Who changed the draft last, as in audit events.' },
        changed_at: { ...orNull(TIME), description: 'When the draft was changed last.' },
      }),
      BrandingVersion: objectSchema({ ...summary(), ...content() }),
      BrandingVersionSummary: objectSchema(summary()),
      BrandingVersionPage: pageSchema('BrandingVersionSummary'),
      BrandingContrast: contrast(),
      BrandingPreview: objectSchema({
        url: { ...URI, description: 'Whoever has it sees the draft. It is shown this once.' },
        expires_at: { ...TIME, description: 'When it ends.' },
      }),
    },
  };
}

function content(): Record<string, Schema> {
  const look = allShown(BrandingDto);
  return {
    branding: objectSchema(look, { optional: Object.keys(look), description: 'Only what the tenant chose.' }),
    texts: {
      type: 'object',
      additionalProperties: { type: 'object', additionalProperties: TEXT },
      description: 'By language and key: what the tenant wrote in the place of ours.',
    },
    contrast: { ...refTo('BrandingContrast'), description: 'Whether what was chosen can be read where it stands.' },
  };
}

function summary(): Record<string, Schema> {
  return {
    number: { type: 'integer', description: 'Counted up by every publication.' },
    source: {
      type: 'string',
      enum: ['draft', 'revert', 'direct', 'before'],
      description:
        '`direct`: a change of the tenant or its texts. `before`: it was there when the history began, or was changed by an older version.',
    },
    restored_from: { ...orNull({ type: 'integer' }), description: 'The version that was brought back.' },
    note: { ...orNull(TEXT), description: 'What the publication was for.' },
    published_by: { ...orNull(TEXT), description: 'Who published it, as in audit events.' },
    published_at: { ...TIME, description: 'When it was published.' },
  };
}

function contrast(): Schema {
  const pair = objectSchema({
    foreground: { ...COLOR, description: 'What has to be seen.' },
    background: { ...COLOR, description: 'What it stands on.' },
    ratio: { type: 'number', description: 'Contrast ratio of WCAG 2.2, 1 to 21, rounded down.' },
  });
  const fault = objectSchema({
    member: { ...TEXT, description: 'The member of the branding that has the colour.' },
    scheme: { type: 'string', enum: ['light', 'dark'], description: 'Where it arises.' },
    where: {
      ...TEXT,
      description: 'What it is used for, such as `link`, `button_text`, `focus_on_page` or `mail_link`.',
    },
    needed: { type: 'number', description: 'The least ratio: 4.5 for text, 3 for what shows a control.' },
    chosen: { ...pair, description: 'The colours as they were chosen.' },
    shown: { ...pair, description: 'What pages and mails show instead.' },
  });
  return objectSchema({
    passes: { type: 'boolean', description: 'There are no faults.' },
    faults: { type: 'array', items: fault, description: 'Each pair of colours that cannot be read.' },
    nearest: {
      type: 'object',
      additionalProperties: orNull(COLOR),
      description: 'By member: the nearest colour without a fault, or `null` when no one colour fits everywhere.',
    },
  });
}
