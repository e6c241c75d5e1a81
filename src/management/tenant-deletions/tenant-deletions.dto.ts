import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { MayBeAbsent } from '../kit/validators.js';
import { Describe } from '../schema/describe.decorator.js';
import { QueryParameters } from '../kit/paging.js';

export class ScheduleDeletionDto {
  @Describe('For how many days it can be withdrawn. Default: `TENANT_DELETION_DAYS` of the platform, 30.')
  @MayBeAbsent()
  @IsInt()
  @Min(1)
  @Max(365)
  after_days?: number;

  @Describe('Destroys a suspended tenant at once. This cannot be withdrawn. Not together with `after_days`.')
  @MayBeAbsent()
  @IsIn([true])
  immediately?: boolean;
}

export class DeleteTenantQuery extends QueryParameters {
  @Describe('`true` destroys a suspended tenant at once. This cannot be withdrawn.')
  @IsOptional()
  @IsIn(['true', 'false'])
  immediately?: string;
}
