import { IsIn, IsOptional } from 'class-validator';
import { SIGNING_ALGORITHM_NAMES, type SigningAlgorithmName } from '../keys/signing-algorithm.js';

export class RotateKeysDto {
  /** Default: the tenant's algorithm. */
  @IsOptional()
  @IsIn(SIGNING_ALGORITHM_NAMES)
  alg?: SigningAlgorithmName;
}
