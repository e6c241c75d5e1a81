import type { Response } from 'express';
import { etagOf } from './etag.js';

/** The body of a 201, after the address of what was made (RFC 9110 §15.3.2) and its entity tag were put on the response. */
export function created<Body>(response: Response, { id, version }: { id: string; version?: number }, body: Body): Body {
  response.setHeader('Location', `${response.req.path}/${encodeURIComponent(id)}`);
  if (version !== undefined) response.setHeader('ETag', etagOf(version));
  return body;
}
