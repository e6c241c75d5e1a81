import { IsISO8601, Matches } from 'class-validator';
import { invalidParameter } from './problem.js';

/** What a time must look like, as it is told. */
export const TIME_FORM = 'must be a time such as 2026-01-31T12:00:00Z';
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** A moment with its offset, RFC 3339. */
export function IsInstant(): PropertyDecorator {
  const message = `$property ${TIME_FORM}`;
  const rules = [IsISO8601({ strict: true, strictSeparator: true }, { message }), Matches(INSTANT, { message })];
  return (target, property) => rules.forEach((rule) => rule(target, String(property)));
}

/** @throws Problem when it is no moment: an offset that does not exist, for one */
export function readInstant(name: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw invalidParameter(name, TIME_FORM);
  return time;
}
