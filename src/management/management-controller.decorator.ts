import { UseFilters, UseGuards, UseInterceptors, UsePipes, ValidationPipe, applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { ValidationError } from 'class-validator';
import { PlatformGuard } from '../tenants/tenant.guard.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { ManagementAuthGuard, ManagementPermissionGuard } from './management.guard.js';
import { Problem, type ProblemDetail } from './problem.js';
import { ProblemFilter } from './problem.filter.js';

const validation = new ValidationPipe({
  whitelist: true,
  forbidNonWhitelisted: true,
  transform: true,
  stopAtFirstError: true,
  exceptionFactory: (errors) => {
    const details = errors.flatMap((error) => toDetails(error, ''));
    return new Problem('validation-failed', details[0]?.detail, details);
  },
});

/** Everything the controllers of the management API have in common. Their handlers say which scope they need. */
export function ManagementController(title: string): ClassDecorator {
  return applyDecorators(
    ApiTags(title),
    ApiBearerAuth('management'),
    UseGuards(PlatformGuard, ManagementAuthGuard, ManagementPermissionGuard),
    UseInterceptors(IdempotencyInterceptor),
    UseFilters(ProblemFilter),
    UsePipes(validation),
  );
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
