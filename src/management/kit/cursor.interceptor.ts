import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { type Observable, map } from 'rxjs';
import { type DescribedEndpoint, ENDPOINT } from './endpoint.decorator.js';
import { bindCursor, readBoundCursor } from './bound-cursor.js';
import type { ManagementRequest } from './management.guard.js';

/** Binds the cursors of all lists to what was asked for. */
@Injectable()
export class CursorInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<ManagementRequest>();
    const endpoint = Reflect.getMetadata(ENDPOINT, context.getHandler()) as DescribedEndpoint | undefined;
    // An export says by a number where it goes on, and a dry run by a member of its own. A cursor of what is followed is
    // for a stream as well.
    const isOwn = endpoint?.mediaType !== undefined || endpoint?.follows === true;
    if (isOwn || request.method !== 'GET') return next.handle();
    const { after } = request.query;
    // Several of them are for the validation to refuse.
    if (typeof after === 'string' && after !== '') {
      const query = { ...request.query, after: readBoundCursor(request, after) };
      Object.defineProperty(request, 'query', { value: query, configurable: true });
    }
    return next.handle().pipe(map((answer: unknown) => bindCursor(request, answer)));
  }
}
