import { InvalidRequestError, quoted } from './oauth-error.js';

const MAX_PARAMETERS = 100;
/** RFC 8707 §2: the one parameter that may be sent more than once. */
const REPEATABLE = new Set(['resource']);

/**
 * The parameters of one protocol request (RFC 6749 §3.1, §3.2): a parameter without a value counts as omitted, an
 * unknown one is ignored, a repeated one is an error.
 */
export class OAuthParameters {
  private constructor(
    private readonly values: ReadonlyMap<string, readonly string[]>,
    /** Names that were sent more than once although they must not be. */
    readonly repeated: readonly string[],
  ) {}

  /**
   * Reads `application/x-www-form-urlencoded` text. Several texts (query and body) count as one request.
   * @throws InvalidRequestError for what is not that encoding, and for control characters
   */
  static parse(...texts: readonly string[]): OAuthParameters {
    const values = new Map<string, string[]>();
    const repeated: string[] = [];
    let count = 0;
    for (const text of texts) {
      const pairs = text.split('&', MAX_PARAMETERS + 1);
      // Counted with the empty ones, so that nothing is overlooked behind them.
      if (pairs.length > MAX_PARAMETERS) throw tooMany();
      for (const pair of pairs) {
        if (pair === '') continue;
        if (++count > MAX_PARAMETERS) throw tooMany();
        const equals = pair.indexOf('=');
        const name = decode(equals < 0 ? pair : pair.slice(0, equals));
        const value = equals < 0 ? '' : decode(pair.slice(equals + 1));
        refuseControlCharacters(name, value);
        const known = values.get(name);
        if (known === undefined) {
          values.set(name, [value]);
          continue;
        }
        known.push(value);
        if (!REPEATABLE.has(name) && !repeated.includes(name)) repeated.push(name);
      }
    }
    return new OAuthParameters(values, repeated);
  }

  /** RFC 6749 §3.2: "Request and response parameters MUST NOT be included more than once." */
  refuseRepeated(): this {
    if (this.repeated.length > 0)
      throw new InvalidRequestError(`The parameter ${quoted(this.repeated)} is included more than once.`);
    return this;
  }

  /** The value, or undefined when omitted or empty. */
  find(name: string): string | undefined {
    return this.values.get(name)?.[0] || undefined;
  }

  /** @throws InvalidRequestError when omitted or empty */
  get(name: string): string {
    const value = this.find(name);
    if (value === undefined) throw new InvalidRequestError(`The parameter ${name} is missing.`);
    return value;
  }

  /** Every value of a repeatable parameter, without the empty ones. */
  all(name: string): readonly string[] {
    return (this.values.get(name) ?? []).filter((value) => value !== '');
  }

  /** The parameters as they came, to be kept with a request that is continued later. */
  entries(): [string, string][] {
    return [...this.values].flatMap(([name, values]) => values.map((value): [string, string] => [name, value]));
  }
}

function tooMany(): InvalidRequestError {
  return new InvalidRequestError(`There are more than ${MAX_PARAMETERS} parameters.`);
}

function decode(text: string): string {
  if (!ENCODED.test(text)) return text;
  if (NOT_ASCII.test(text)) throw new InvalidRequestError('The parameters are not percent-encoded.');
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (cause) {
    throw new InvalidRequestError('The parameters are not percent-encoded UTF-8.', { cause });
  }
}

const ENCODED = /[^\x21-\x24\x26-\x2a\x2c-\x7e]/;
const NOT_ASCII = /[^\x20-\x7e]/;

function refuseControlCharacters(name: string, value: string): void {
  // A password is anything its owner can type, so only NUL is out of question there. A list has a line for each of its
  // texts.
  const hasLines = HAS_LINES.has(name) || name.startsWith('attributes/');
  const forbidden = name === 'password' ? NUL : hasLines ? CONTROL_BUT_LINES : CONTROL;
  if (forbidden.test(value) || CONTROL.test(name)) {
    throw new InvalidRequestError(`The parameter ${quoted(name)} contains control characters.`);
  }
}

/** Fields of our own pages: a street may have two lines, and of the others each line is a value. */
const HAS_LINES: ReadonlySet<string> = new Set([
  'address/street_address',
  'redirect_uris',
  'post_logout_redirect_uris',
  'contacts',
]);
const CONTROL = /[\u0000-\u001f\u007f]/;
const CONTROL_BUT_LINES = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f]/;
const NUL = /\u0000/;
