import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { Constructor } from '../schema/describe.decorator.js';
import { VALIDATION, validationProblem } from './validation-problem.js';

/** The data of one item as the body of a request of its own. @throws Problem whose pointers begin at the data */
export function readData<Data extends object>(dto: Constructor & (new () => Data), data: object): Data {
  const read = plainToInstance(dto, data);
  const faults = validateSync(read, VALIDATION);
  if (faults.length > 0) throw validationProblem(faults);
  return read;
}
