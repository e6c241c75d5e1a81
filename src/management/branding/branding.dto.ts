import { IsBoolean, IsObject, IsOptional, MaxLength } from 'class-validator';
import { IsNested, IsSingleLine, MayBeAbsent } from '../kit/validators.js';
import { Describe } from '../schema/describe.decorator.js';
import { BrandingDto } from '../tenants/branding.dto.js';

export class UpdateBrandingDraftDto {
  @Describe('The look of the tenant’s pages; `null` for the platform’s.')
  @IsOptional()
  @IsNested(() => BrandingDto)
  branding?: BrandingDto | null;

  @Describe(
    'By language, then by key: a text in the place of ours, as `PATCH texts/{locale}` takes it. `null` for ours.',
    {
      additionalProperties: {
        type: ['object', 'null'],
        additionalProperties: { type: ['string', 'null'] },
      },
    },
  )
  @IsOptional()
  @IsObject()
  texts?: Record<string, Record<string, string | null> | null> | null;
}

export class PublishBrandingDto {
  @Describe(
    '`true`: publishes colours that cannot be read everywhere as they are. Pages and mails show the nearest that can.',
  )
  @MayBeAbsent()
  @IsBoolean()
  correct_contrast?: boolean;

  @Describe('`true`: publishes the draft although something else was published since it was begun, and undoes that.')
  @MayBeAbsent()
  @IsBoolean()
  overwrite?: boolean;

  @Describe('What this publication is for.')
  @MayBeAbsent()
  @IsSingleLine()
  @MaxLength(200)
  note?: string;
}
