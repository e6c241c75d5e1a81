import type { Request } from 'express';

/** Paths of the platform that do not exist below a tenant's address. */
const OF_THE_PLATFORM = /^\/(api\/|$)/;

/** The methods that the routes of a tenant's endpoint take, for `Allow` (RFC 9110 §10.2.1); none where there is no such endpoint. */
export function allowedMethods({ app, path }: Pick<Request, 'app' | 'path'>): readonly string[] {
  if (OF_THE_PLATFORM.test(path)) return [];
  const routes = app.router.stack.flatMap(({ route }) => (route && isAt(route.path, path) ? route.stack : []));
  // A path may fit a route of its own and one with a variable segment.
  return [...new Set(routes.map(({ method }) => method.toUpperCase()))];
}

/** Compares a route with a path. A segment that begins with a colon matches any segment that is not empty. */
function isAt(route: string, path: string): boolean {
  const [own, given] = [route.split('/'), path.split('/')];
  const fits = (part: string, index: number) => (part.startsWith(':') ? given[index] !== '' : part === given[index]);
  return own.length === given.length && own.every(fits);
}
