import { IsIn, IsOptional, IsUUID, MaxLength } from 'class-validator';
import { PREVIEWED_GRANTS, type PreviewedGrant } from '../../token-previews/token-preview.js';
import { QueryParameters } from '../kit/paging.js';
import { IsSingleLine } from '../kit/validators.js';
import { Describe } from '../schema/describe.decorator.js';

export class PreviewTokensQuery extends QueryParameters {
  @Describe(
    'For whom the tokens would be; not with `client_credentials`. It takes `users:read` and `consents:read`, too.',
  )
  @IsOptional()
  @IsUUID()
  user_id?: string;

  @Describe('What the client would ask for: names separated by spaces. Default: everything it is registered with.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(2000)
  scope?: string;

  @Describe('The `resource` parameters (RFC 8707) of the request, separated by spaces.')
  @IsOptional()
  @IsSingleLine()
  @MaxLength(2000)
  resource?: string;

  @Describe('How the client would get them. Default: the first of these that it is registered for.')
  @IsOptional()
  @IsIn(PREVIEWED_GRANTS)
  grant_type?: PreviewedGrant;
}
