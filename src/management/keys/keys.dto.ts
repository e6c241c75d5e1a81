import { IsIn, IsOptional } from 'class-validator';
import { Describe } from '../schema/describe.decorator.js';
import { SIGNING_ALGORITHM_NAMES, type SigningAlgorithmName } from '../../keys/signing-algorithm.js';

export class RotateKeysDto {
  @Describe('The algorithm whose keys are rotated. Default: every algorithm that the tenant has keys of.')
  @IsOptional()
  @IsIn(SIGNING_ALGORITHM_NAMES)
  alg?: SigningAlgorithmName;
}
