import type { ValidationError, ValidatorOptions } from 'class-validator';
import { PageQuery } from './page.js';
import { Problem, type ProblemDetail } from './problem.js';

/** Unknown members are refused, and one fault a member is enough. The target tells a query from a body. */
export const VALIDATION: ValidatorOptions = {
  whitelist: true,
  forbidNonWhitelisted: true,
  stopAtFirstError: true,
  validationError: { target: true, value: false },
};

/** What class-validator found, named by where it stands below `parent` (a JSON Pointer). */
export function validationProblem(errors: readonly ValidationError[], parent = ''): Problem {
  const details = errors.flatMap((error) =>
    error.target instanceof PageQuery ? toParameterDetails(error) : toDetails(error, parent),
  );
  return new Problem('validation-failed', details[0]?.detail, details);
}

function toParameterDetails({ property: parameter, constraints }: ValidationError): ProblemDetail[] {
  return Object.values(constraints ?? {}).map((detail) => ({ parameter, detail: toSentence(detail, parameter) }));
}

function toDetails({ property, constraints, children }: ValidationError, parent: string): ProblemDetail[] {
  const pointer = `${parent}/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const own = Object.values(constraints ?? {}).map((detail) => ({ pointer, detail: toSentence(detail, property) }));
  return [...own, ...(children ?? []).flatMap((child) => toDetails(child, pointer))];
}

/** class-validator's words for an unknown member are about its own set-up. */
function toSentence(detail: string, property: string): string {
  return detail.endsWith('should not exist') ? `${property} is not a known member` : detail;
}
