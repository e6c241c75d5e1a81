import 'reflect-metadata';
import { type Constructor, nestedTypeOf } from './describe.decorator.js';

/** What goes away, and when. Days are `YYYY-MM-DD`, in UTC. */
export interface Deprecation {
  readonly since: string;
  /** Not before this day; absent while nothing is decided. */
  readonly sunset?: string;
  /** What to use now, as the end of "Use …". */
  readonly instead: string;
}

const DEPRECATED = 'management:deprecated';

/** A member of a body or a parameter of a query that goes away. It works as before until then. */
export function Deprecated(deprecation: Deprecation): PropertyDecorator {
  return Reflect.metadata(DEPRECATED, deprecation);
}

export function deprecationOf(dto: Constructor, property: string): Deprecation | undefined {
  return Reflect.getMetadata(DEPRECATED, dto.prototype as object, property) as Deprecation | undefined;
}

/** As it stands after a description. */
export function deprecationText({ since, sunset, instead }: Deprecation): string {
  const until = sunset === undefined ? '' : ` It works until ${sunset} at least.`;
  return `Deprecated since ${since}: use ${instead}.${until}`;
}

/** A deprecated member that a request uses. */
export interface UsedMember {
  readonly dto: Constructor;
  readonly member: string;
  readonly deprecation: Deprecation;
}

/** The deprecated members that are in a body or query, in nested objects too. What was sent may be anything. */
export function usedMembers(dto: Constructor, sent: unknown): UsedMember[] {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return [];
  return Object.entries(sent).flatMap(([member, value]) => {
    const deprecation = deprecationOf(dto, member);
    const nested = nestedTypeOf(dto, member);
    return [...(deprecation ? [{ dto, member, deprecation }] : []), ...(nested ? usedMembers(nested, value) : [])];
  });
}
