import { parse, serialize } from 'cookie';
import { ConsoleCookies } from './console-cookies.js';

/** As long as somebody may read the page of a link before they begin. */
const READING_SECONDS = 3600;
/** After they began: for a button that is pressed twice. */
const REPEATED_SECONDS = 30;
const SECRET = /^[\w-]{43}$/;
const SESSION = 'console-setup';
const TOKEN = 'console-setup-token';

/** The cookies of somebody who comes by a setup link. A session of the console beside it stays as it is. */
export class SetupCookies extends ConsoleCookies {
  /** The secret of the session. */
  readSetup(header: string | undefined): string | undefined {
    return this.read(header, SESSION);
  }

  writeSetup(secret: string): string {
    return serialize(this.name(SESSION), secret, this.attributes);
  }

  removeSetup(): string {
    return serialize(this.name(SESSION), '', { ...this.attributes, maxAge: 0 });
  }

  /** The token of the link that is being looked at: so it does not stay in the address. */
  readToken(header: string | undefined): string | undefined {
    return this.read(header, TOKEN);
  }

  /** @param token whatever stands in the address */
  writeToken(token: string): string {
    return this.serializeToken(token, READING_SECONDS);
  }

  /** The link was opened. */
  keepToken(token: string): string {
    return this.serializeToken(token, REPEATED_SECONDS);
  }

  private serializeToken(token: string, maxAge: number): string {
    const value = SECRET.test(token) ? token : '';
    return serialize(this.name(TOKEN), value, { ...this.ofPage, maxAge: value === '' ? 0 : maxAge });
  }

  private read(header: string | undefined, name: string): string | undefined {
    const value = header === undefined ? undefined : parse(header)[this.name(name)];
    return value !== undefined && SECRET.test(value) ? value : undefined;
  }

  /** The page of the link is beside the console, and not below it. */
  private get ofPage() {
    const { path } = this.attributes;
    return { ...this.attributes, path: path.replace(/\/console$/, '/setup-link') };
  }
}
