import { IsBoolean, MaxLength } from 'class-validator';
import { IsSingleLine } from '../kit/validators.js';
import { Describe } from '../schema/describe.decorator.js';

export class CreateDomainDto {
  @Describe(
    'The host name alone, such as `login.example.com`. Names in other scripts are kept in their ASCII form, all in lower case.',
  )
  @IsSingleLine()
  @MaxLength(255)
  domain: string;
}

export class UpdateDomainDto {
  @Describe(
    'Whether mails and the API show this address as the issuer of the tenant. One domain is; without one it is the path.',
  )
  @IsBoolean()
  primary: boolean;
}
