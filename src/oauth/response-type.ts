/** What an authorization response can carry. */
export type ResponsePart = 'code' | 'token' | 'id_token';

/**
 * Response types with their parts in the order the specifications write them: RFC 6749 §3.1.1, OpenID Connect Core §3,
 * OAuth 2.0 Multiple Response Type Encoding Practices §5.
 */
export const RESPONSE_TYPES = [
  'code',
  'token',
  'id_token',
  'id_token token',
  'code id_token',
  'code token',
  'code id_token token',
] as const;
export type ResponseType = (typeof RESPONSE_TYPES)[number];

/** The order of the parts carries no meaning (RFC 6749 §3.1.1). Undefined for what is none of the list. */
export function parseResponseType(value: string): ResponseType | undefined {
  const parts = value.split(' ').sort().join(' ');
  return RESPONSE_TYPES.find((type) => type.split(' ').sort().join(' ') === parts);
}

export function partsOf(responseType: ResponseType): readonly ResponsePart[] {
  return responseType.split(' ') as ResponsePart[];
}

/** The grant types a client needs for it (RFC 7591 §2.1). */
export function grantTypesOf(responseType: string): readonly string[] {
  const parts = responseType.split(' ');
  const viaBrowser = parts.includes('token') || parts.includes('id_token');
  return [...(parts.includes('code') ? ['authorization_code'] : []), ...(viaBrowser ? ['implicit'] : [])];
}
