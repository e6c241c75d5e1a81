import type { NextFunction, Response } from 'express';
import { json } from 'express';
import type { TenantRequest } from '../../tenants/tenant-request.js';
import { isUtf8 } from '../../protocol/charset.js';
import { Problem } from './problem.js';

const MAX_BODY_KB = 256;
/**
 * The deepest nesting that is accepted. No described body has half of it, and later code may recurse through a body.
 */
const MAX_LEVELS = 16;
const HAS_BODY = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const JSON_TYPES = ['application/json', 'application/merge-patch+json'];
/** NUL cannot be stored as text, and half a surrogate pair is no text at all. */
const UNSTORABLE = /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

const parse = json({ type: JSON_TYPES, limit: `${MAX_BODY_KB}kb`, strict: true, inflate: false, reviver: refuse });

/** Reads the JSON body of a management request. */
export function jsonBody(request: TenantRequest, response: Response, next: NextFunction): void {
  // There is no such API below a tenant's address; the guard says so, whatever the body is.
  if (request.tenantAddress) next();
  else readJsonBody(request, response, next);
}

/** Reads a JSON body; what could harm or could not be stored never gets further. */
export function readJsonBody(request: TenantRequest, response: Response, next: NextFunction): void {
  // Answers of the management API are not cached. The public description of the API sets its own header.
  response.setHeader('Cache-Control', 'no-store');
  const hasBody = request.headers['content-length'] !== '0' && request.headers['content-length'] !== undefined;
  const mediaType = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const isJson = JSON_TYPES.includes(mediaType);
  if (HAS_BODY.has(request.method) && (hasBody || request.headers['transfer-encoding']) && !isJson) {
    next(new Problem('unsupported-media-type', `Send the body as ${JSON_TYPES.join(' or ')}.`));
    return;
  }
  // RFC 8259 §8.1: JSON between systems "MUST be encoded using UTF-8"; the parser would take UTF-7 as well.
  if (!isUtf8(request.headers['content-type'] ?? '')) {
    next(new Problem('unsupported-media-type', 'Send JSON in UTF-8.'));
    return;
  }
  // Refused before the parser, which would read the body to its end.
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_KB * 1024) {
    next(tooLarge());
    return;
  }
  // The parser knows fewer names of UTF-8.
  if (isJson) request.headers['content-type'] = mediaType;
  parse(request, response, (error?: unknown) => {
    if (!error && request.body === undefined) request.body = {};
    if (error) next(toProblem(error));
    else if (Array.isArray(request.body)) next(new Problem('malformed-request', 'The body must be a JSON object.'));
    else if (isDeeper(request.body, MAX_LEVELS)) next(tooDeep());
    else next();
  });
}

/** The parser's own words about the JSON are the most exact ones; its other errors are told by their status. */
function toProblem(error: unknown): unknown {
  const { type, name, message } = error as { type?: unknown; name?: unknown; message?: unknown };
  if (type === 'entity.parse.failed') {
    if (name === 'RangeError') return tooDeep();
    return new Problem('malformed-request', `The body is not JSON that can be used: ${String(message)}`);
  }
  if (type === 'entity.too.large') return tooLarge();
  if (type === 'encoding.unsupported') return new Problem('unsupported-media-type', 'Send the body uncompressed.');
  return error;
}

function tooDeep(): Problem {
  return new Problem('malformed-request', 'The body is not JSON that can be used: It is nested too deeply.');
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1));
}

function tooLarge(): Problem {
  return new Problem('body-too-large', `Send at most ${MAX_BODY_KB} kB.`);
}

function refuse(name: string, value: unknown): unknown {
  // Refuses member names that every object inherits: validation would take them for known members, and some of them
  // change other objects.
  if (name === 'prototype' || name in Object.prototype) throw new SyntaxError(`A member may not be called ${name}.`);
  if (UNSTORABLE.test(name) || (typeof value === 'string' && UNSTORABLE.test(value))) {
    throw new SyntaxError('A text has a character that cannot be stored.');
  }
  return value;
}
