import { decodeJwt, decodeProtectedHeader } from 'jose';

const TIMES = ['iat', 'exp', 'nbf', 'auth_time', 'updated_at'];

/** A token for people: header and claims of a JWT, with its times in words; an opaque one as what it is. */
export function describeToken(token: string): string {
  if (token.split('.').length !== 3) return '  opaque: only the tenant can say what it means (introspection)';
  const claims = decodeJwt(token);
  const times = TIMES.filter((name) => typeof claims[name] === 'number').map(
    (name) => `  ${name.padEnd(9)} ${new Date(Number(claims[name]) * 1000).toISOString()}`,
  );
  return [indent(decodeProtectedHeader(token)), indent(claims), ...times].join('\n');
}

function indent(value: object): string {
  return JSON.stringify(value, null, 2).replace(/^/gm, '  ');
}

/** For a shell: quoted where it has to be. */
export function shellQuote(text: string): string {
  return /^[\w.,:/=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
