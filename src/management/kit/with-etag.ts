import type { Response } from 'express';
import { etagOf } from './etag.js';

/** The body, after its entity tag was put on the response. */
export function withEtag<Body>(response: Response, version: number, body: Body, revision?: string): Body {
  response.setHeader('ETag', etagOf(version, revision));
  return body;
}
