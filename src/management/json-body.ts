import type { NextFunction, Request, Response } from 'express';
import { json } from 'express';
import { Problem } from './problem.js';

const MAX_BODY = '256kb';
const HAS_BODY = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const JSON_TYPES = ['application/json', 'application/merge-patch+json'];
/** NUL cannot be stored as text, and half a surrogate pair is no text at all. */
const UNSTORABLE = /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const DANGEROUS_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

const parse = json({ type: JSON_TYPES, limit: MAX_BODY, strict: true, reviver: refuse });

/** Reads the JSON body of a management request; what could harm or could not be stored never gets further. */
export function jsonBody(request: Request, response: Response, next: NextFunction): void {
  // What is managed is nobody's to keep; the public description of the API says otherwise for itself.
  response.setHeader('Cache-Control', 'no-store');
  const hasBody = request.headers['content-length'] !== '0' && request.headers['content-length'] !== undefined;
  const isJson = JSON_TYPES.some((type) => request.headers['content-type']?.toLowerCase().startsWith(type));
  if (HAS_BODY.has(request.method) && (hasBody || request.headers['transfer-encoding']) && !isJson) {
    next(new Problem('unsupported-media-type', `Send the body as ${JSON_TYPES.join(' or ')}.`));
    return;
  }
  parse(request, response, (error?: unknown) => {
    if (!error && request.body === undefined) request.body = {};
    next(error);
  });
}

function refuse(name: string, value: unknown): unknown {
  if (DANGEROUS_NAMES.has(name)) throw new SyntaxError(`A member may not be called ${name}.`);
  if (UNSTORABLE.test(name) || (typeof value === 'string' && UNSTORABLE.test(value))) {
    throw new SyntaxError('A text has a character that cannot be stored.');
  }
  return value;
}
