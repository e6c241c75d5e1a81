import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable } from '@nestjs/common';
import { type ProfileFault, ProfileInputError } from '../../account/profile-input.js';
import { AccountGoneError } from '../../account/profiles.js';
import { ProblemFilter } from '../../management/kit/problem.filter.js';
import { Problem, invalidMember, notFound } from '../../management/kit/problem.js';

const FAULTS: Readonly<Record<ProfileFault, string>> = {
  not_text: 'has a character that cannot be seen or typed',
  too_long: 'is too long',
  not_https: 'must be an address that begins with https',
  not_a_date: 'must be a date such as 1990-12-31',
  not_a_time_zone: 'must be a time zone such as Europe/Zurich',
  not_a_language: 'must be a language tag such as de-CH',
  not_a_phone_number: 'must be in E.164 form, such as +41441234567',
  not_an_email_address: 'must be an e-mail address',
  not_editable:
    'is not a member that people may change; the tenant decides it in profile_fields, or in editable_by of an attribute',
  missing: 'is required, so it cannot be removed',
  not_a_number: 'must be a number of up to 15 digits',
  not_a_choice: 'must be one of the allowed values, true or false where it is a boolean, and nothing twice',
  too_many: 'has more texts than max_items',
};

/** Renders whatever goes wrong as a problem (RFC 9457), like the management API. */
@Catch()
@Injectable()
export class AccountApiFilter implements ExceptionFilter {
  private readonly problems = new ProblemFilter();

  catch(error: unknown, host: ArgumentsHost): void {
    this.problems.catch(toProblem(error), host);
  }
}

function toProblem(error: unknown): unknown {
  if (error instanceof ProfileInputError) return invalidMember(error.member, FAULTS[error.fault]);
  return error instanceof AccountGoneError ? notFound() : error;
}

/** A change that cannot be made now. */
export function conflict(detail: string): Problem {
  return new Problem('conflict', detail);
}
