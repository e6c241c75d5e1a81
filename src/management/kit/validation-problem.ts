import type { ValidationError, ValidatorOptions } from 'class-validator';
import { replacementOf } from '../schema/describe.decorator.js';
import { QueryParameters } from './paging.js';
import { Problem, type ProblemDetail } from './problem.js';

/** Unknown members are refused. The target tells a query from a body, and what is missing from what is wrong. */
export const VALIDATION: ValidatorOptions = {
  whitelist: true,
  forbidNonWhitelisted: true,
  validationError: { target: true, value: false },
};

/** Who sent another kind of thing is told so, and not that it is too long. */
const KINDS = ['isString', 'isSingleLine', 'isText', 'isArray', 'isObject', 'isBoolean', 'isInt'];

/** What class-validator found, one fault a member, named by where it stands below `parent` (a JSON Pointer). */
export function validationProblem(errors: readonly ValidationError[], parent = ''): Problem {
  const details = errors.flatMap((error) =>
    error.target instanceof QueryParameters
      ? { parameter: error.property, detail: sentenceOf(error) ?? '' }
      : toDetails(error, parent),
  );
  return new Problem('validation-failed', details[0]?.detail, details);
}

function toDetails(error: ValidationError, parent: string): ProblemDetail[] {
  const pointer = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const detail = sentenceOf(error);
  return detail === undefined
    ? (error.children ?? []).flatMap((child) => toDetails(child, pointer))
    : [{ pointer, detail }];
}

function sentenceOf({ property, constraints = {}, target }: ValidationError): string | undefined {
  const [first] = Object.keys(constraints);
  if (first === undefined) return undefined;
  // class-validator's words for an unknown member are about its own set-up.
  if (first === 'whitelistValidation') {
    const replacement = replacementOf(target, property);
    return replacement ? `${property} was replaced by ${replacement}` : `${property} is not a known member`;
  }
  if ((target as Readonly<Record<string, unknown>> | undefined)?.[property] === undefined)
    return `${property} is missing`;
  return constraints[KINDS.find((kind) => kind in constraints) ?? first];
}
