import { IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { REGISTRATION_STATES, type RegistrationState } from '../../developers/client-registration.js';
import { PageQuery, QueryParameters } from '../kit/paging.js';
import { IsText, MayBeAbsent } from '../kit/validators.js';
import { Describe } from '../schema/describe.decorator.js';

export class ListClientRegistrationsQuery extends PageQuery {
  @Describe('Only those in this state.')
  @IsOptional()
  @IsIn(REGISTRATION_STATES)
  state?: RegistrationState;
}

export class RejectClientRegistrationDto {
  @Describe('What the developer is told.')
  @IsText()
  @MinLength(1)
  @MaxLength(1000)
  reason: string;
}

export class SuspendClientDto {
  @Describe('What the developer is told.')
  @MayBeAbsent()
  @IsText()
  @MinLength(1)
  @MaxLength(1000)
  reason?: string;
}

export class TestRedirectUriQuery extends QueryParameters {
  @Describe('The `redirect_uri` of a request, without the percent-encoding that it has in the query.')
  @IsOptional()
  @IsString()
  @MaxLength(4000)
  redirect_uri?: string;
}
