import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { Request } from 'express';

/** A parameter of the address. One that is there several times is a list, and counts as absent. */
export function queryText({ query }: Pick<Request, 'query'>, name: string): string | undefined {
  const value = query[name];
  return typeof value === 'string' ? value : undefined;
}

/** The same, as a parameter of a handler. */
export const QueryText = createParamDecorator((name: string, context: ExecutionContext) =>
  queryText(context.switchToHttp().getRequest<Request>(), name),
);
