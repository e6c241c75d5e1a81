import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { LOCALES } from '../../language/messages.js';
import { SETUP_LINK_SECONDS, SETUP_LINK_STATUSES, type SetupLinkStatus } from '../../setup-links/setup-link.js';
import { SETUP_PURPOSES, type SetupPurpose } from '../../setup-links/setup-purposes.js';
import { PageQuery } from '../kit/paging.js';
import { IsMailAddress, IsSet, IsSingleLine, MayBeAbsent } from '../kit/validators.js';
import { Describe } from '../schema/describe.decorator.js';

export class CreateSetupLinkDto {
  @Describe(
    '`verify_domain`: claim domains and have them verified. `brand`: change the draft of the branding and publish it. It takes the permissions for each of them.',
  )
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(SETUP_PURPOSES.length)
  @IsSet()
  @IsIn(SETUP_PURPOSES, { each: true })
  purposes: SetupPurpose[];

  @Describe('How long the link works. Default: 604800, a week.')
  @MayBeAbsent()
  @IsInt()
  @Min(SETUP_LINK_SECONDS.least)
  @Max(SETUP_LINK_SECONDS.greatest)
  expires_in_seconds?: number;

  @Describe('It can be opened once, instead of as often as needed until it ends. Default: false.')
  @MayBeAbsent()
  @IsBoolean()
  single_use?: boolean;

  @Describe(
    'Where the link is mailed, in the look of the tenant. Without one you send the `url` of the answer yourself.',
  )
  @IsOptional()
  @IsMailAddress()
  @MaxLength(254)
  email?: string | null;

  @Describe('Language of the mail. Default: the tenant’s.')
  @IsOptional()
  @IsIn(LOCALES)
  locale?: string | null;

  @Describe('For whom the link is. Only administrators see it.')
  @IsOptional()
  @IsSingleLine()
  @MinLength(1)
  @MaxLength(200)
  note?: string | null;
}

export class ListSetupLinksQuery extends PageQuery {
  @Describe('Only those in this state.')
  @IsOptional()
  @IsIn(SETUP_LINK_STATUSES)
  status?: SetupLinkStatus;
}
