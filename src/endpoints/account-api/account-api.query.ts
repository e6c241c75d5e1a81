import { ValidationPipe } from '@nestjs/common';
import { VALIDATION, validationProblem } from '../../management/kit/validation-problem.js';

/** Reads the query of a list, like the management API. */
export const ACCOUNT_API_QUERY = new ValidationPipe({
  ...VALIDATION,
  transform: true,
  exceptionFactory: (errors) => validationProblem(errors),
});
