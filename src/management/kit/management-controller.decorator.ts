import {
  SetMetadata,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
  ValidationPipe,
  applyDecorators,
} from '@nestjs/common';
import { PlatformGuard } from '../../tenants/tenant.guard.js';
import { DeprecationInterceptor } from './deprecation.interceptor.js';
import { CursorInterceptor } from './cursor.interceptor.js';
import { ManagementAuthGuard, ManagementPermissionGuard } from './management.guard.js';
import { ProblemFilter } from './problem.filter.js';
import { VALIDATION, validationProblem } from './validation-problem.js';
import { WriteInterceptor } from './write.interceptor.js';

/** Key of the metadata of a controller: the title of its resource. */
export const RESOURCE = 'management:resource';

const validation = new ValidationPipe({
  ...VALIDATION,
  transform: true,
  exceptionFactory: (errors) => validationProblem(errors),
});

/** Everything the controllers of the management API have in common. Their handlers say which scope they need. */
export function ManagementController(title: string): ClassDecorator {
  return applyDecorators(
    SetMetadata(RESOURCE, title),
    UseGuards(PlatformGuard, ManagementAuthGuard, ManagementPermissionGuard),
    UseInterceptors(DeprecationInterceptor, CursorInterceptor, WriteInterceptor),
    UseFilters(ProblemFilter),
    UsePipes(validation),
  );
}
