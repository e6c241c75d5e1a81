import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsObject, IsOptional, Matches } from 'class-validator';
import { LOCALES } from '../../language/messages.js';
import { TEXT_MAX_LENGTH } from '../../language/text-check.js';
import { PageQuery } from '../kit/paging.js';
import { Describe } from '../schema/describe.decorator.js';

export class ListTextsQuery extends PageQuery {
  @Describe('In this language. Default: the tenant’s own.')
  @IsOptional()
  @IsIn(LOCALES)
  locale?: string;

  @Describe('Only those whose key begins so, such as `signIn.` or `mail.`.')
  @IsOptional()
  @Matches(/^[\w.-]{1,100}$/, { message: '$property must be the beginning of a key' })
  prefix?: string;

  @Describe('`true`: only those that the tenant wrote itself. `false`: only the others.')
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  overridden?: boolean;
}

export class UpdateTextsDto {
  @Describe('By key: an ICU message with the placeholders and tags of ours, or `null` for ours.', {
    additionalProperties: { type: ['string', 'null'], maxLength: TEXT_MAX_LENGTH },
  })
  @IsObject()
  texts: Record<string, string | null>;
}
