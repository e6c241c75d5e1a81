import { IsBoolean, IsIn, IsObject, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { Describe } from '../schema/describe.decorator.js';
import { refTo } from '../schema/schema.js';
import { LOCALES } from '../../language/messages.js';
import {
  IsMailAddress,
  IsName,
  IsSecureAddress,
  IsSingleLine,
  IsSupportAddress,
  IsText,
  IsWebAddress,
} from '../kit/validators.js';

const HEX_COLOR = /^#[0-9a-fA-F]{6}$/;
/** 180 kB of image, in base64. */
const MAX_IMAGE_LENGTH = 246_000;
const IMAGE = /^data:image\/(?:png|jpeg|webp);base64,[A-Za-z0-9+/]+=*$/;

/** Plain text in one language. */
export class BrandingTextsDto {
  @Describe('Heading of the sign-in page.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(100)
  sign_in_title?: string | null;

  @Describe('Text under that heading.')
  @IsOptional()
  @IsText()
  @MaxLength(500)
  sign_in_text?: string | null;

  @Describe('Text at the foot of every page.')
  @IsOptional()
  @IsText()
  @MaxLength(500)
  footer_text?: string | null;
}

/** How the tenant's pages look; `null` goes back to the platform's default. */
export class BrandingDto {
  @Describe('`data:` URI of a PNG, JPEG or WebP image of at most 180 kB. A new image is made of it and kept.')
  @IsOptional()
  @IsString()
  @MaxLength(MAX_IMAGE_LENGTH)
  @Matches(IMAGE, { message: '$property must be a data: URI of a PNG, JPEG or WebP image' })
  logo?: string | null;

  @Describe('The same, for dark mode.')
  @IsOptional()
  @IsString()
  @MaxLength(MAX_IMAGE_LENGTH)
  @Matches(IMAGE, { message: '$property must be a data: URI of a PNG, JPEG or WebP image' })
  logo_dark?: string | null;

  @Describe('The same, made square: what browsers show beside the title of a page.')
  @IsOptional()
  @IsString()
  @MaxLength(MAX_IMAGE_LENGTH)
  @Matches(IMAGE, { message: '$property must be a data: URI of a PNG, JPEG or WebP image' })
  favicon?: string | null;

  @Describe('The logo is readable on a dark surface; otherwise it is laid on a light plate there.')
  @IsOptional()
  @IsBoolean()
  logo_works_on_dark?: boolean | null;

  @Describe('The logo is a mark without lettering: the tenant’s name is set beside it.')
  @IsOptional()
  @IsBoolean()
  logo_with_name?: boolean | null;

  @Describe('Colour of buttons and links. Made darker or lighter where the text on it could not be read.')
  @IsOptional()
  @Matches(HEX_COLOR, { message: '$property must be a colour such as #0a7d5a' })
  primary_color?: string | null;

  @Describe('The same for dark mode. Default: made from `primary_color`.')
  @IsOptional()
  @Matches(HEX_COLOR, { message: '$property must be a colour such as #0a7d5a' })
  primary_color_dark?: string | null;

  @Describe('Colour behind the form.')
  @IsOptional()
  @Matches(HEX_COLOR, { message: '$property must be a colour such as #0a7d5a' })
  background_color?: string | null;

  @Describe('Language of the pages for people whose own one is not offered.')
  @IsOptional()
  @IsIn(LOCALES)
  default_locale?: string | null;

  @Describe('By language.', { additionalProperties: { anyOf: [refTo('BrandingTexts'), { type: 'null' }] } })
  @IsOptional()
  @IsObject()
  texts?: Record<string, BrandingTextsDto> | null;

  @Describe('The tenant’s privacy notice, linked from every page.')
  @IsOptional()
  @IsWebAddress()
  privacy_uri?: string | null;

  @Describe('The tenant’s terms, linked from every page.')
  @IsOptional()
  @IsWebAddress()
  terms_uri?: string | null;

  @Describe('An address of the web, or `mailto:`.')
  @IsOptional()
  @IsSupportAddress()
  support_uri?: string | null;

  @Describe(
    'Where people go who forgot their password. The sign-in and the account page link to it. To change it takes `tenants:write`.',
  )
  @IsOptional()
  @IsSecureAddress()
  password_reset_uri?: string | null;

  @Describe('Name that mails come from. Default: the policy `mail_from_name`, or the tenant’s `display_name`.')
  @IsOptional()
  @IsName()
  mail_from_name?: string | null;

  @Describe(
    'Address that mails come from, one that the operator allows in `MAIL_FROM`. Default: the policy `mail_from`.',
  )
  @IsOptional()
  @IsMailAddress()
  mail_from?: string | null;

  @Describe('Where answers to mails go. Default: the policy `mail_reply_to`.')
  @IsOptional()
  @IsMailAddress()
  mail_reply_to?: string | null;
}
