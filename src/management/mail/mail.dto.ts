import { IsIn, IsOptional } from 'class-validator';
import { LOCALES, type Locale } from '../../language/messages.js';
import { IsMailAddress } from '../kit/validators.js';
import { Describe } from '../schema/describe.decorator.js';

export class SendTestMailDto {
  @Describe('Where the test mail goes.')
  @IsMailAddress()
  to: string;

  @Describe('Its language. Default: the tenant’s.')
  @IsOptional()
  @IsIn(LOCALES)
  locale?: Locale | null;
}
