import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import express, { type NextFunction, type Request, type Response } from 'express';
import * as client from 'openid-client';
import type { DemoClient, DemoSettings, DemoTenantSettings } from './demo-settings.js';
import { listen, portOf } from './listen.js';
import { toForm, toOwnClient } from './own-client.js';
import { accessEndedPage, errorPage, homePage, notFoundPage, signedInPage } from './relying-party-pages.js';

const SCOPE = 'openid profile email offline_access orders:read';
/** At the API of the tenant. */
const RESOURCES = ['orders', 'invoices'];
const COOKIE = 'demo';
/** The most visitors that are kept; the oldest is removed first. */
const MAX_VISITORS = 1000;
const MAX_BODY = '8kb';

/** What the application keeps about one browser. */
interface Visitor {
  readonly pending?: {
    readonly by: Party;
    readonly state: string;
    readonly nonce: string;
    readonly verifier: string;
    /** What the person was doing when a stronger sign-in was asked for. */
    readonly resource?: string | undefined;
  };
  readonly signedIn?: SignedIn;
  readonly called?: ApiAnswer;
}

/** By whom a person is signed in: by one of the demo's tenants, or by a client of the visitor's own. */
interface Party extends DemoClient {
  readonly scope: string;
  /** The tenant of the demo, which has an API. */
  readonly tenant?: DemoTenantSettings;
}

interface SignedIn {
  readonly by: Party;
  readonly tokens: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers;
  readonly claims: client.IDToken;
  readonly person: client.UserInfoResponse;
}

interface ApiAnswer {
  readonly status: number;
  readonly body: string;
  /** The levels of which the API wants one. */
  readonly acrValues?: string | undefined;
}

interface WantedSignIn {
  readonly by: Party;
  readonly params: Readonly<Record<string, string>>;
  readonly resource?: string;
}

/**
 * A relying party like any other, on the library that its developer would use: authorization code with PKCE, state and
 * nonce, the answer checked, the orders fetched with the access token. It serves several tenants, each as if it were
 * the only one, and takes nothing from the platform but its public endpoints.
 */
export async function startRelyingParty(settings: DemoSettings): Promise<Server> {
  const party = new RelyingParty(settings);
  const server = await listen(party.application(), settings.relyingParty.port);
  party.port = portOf(server);
  return server;
}

class RelyingParty {
  /** Where it listens. */
  port = 0;
  private readonly visitors = new Map<string, Visitor>();
  private readonly configurations = new Map<string, Promise<client.Configuration>>();

  constructor(private readonly settings: DemoSettings) {}

  application(): express.Express {
    const application = express().disable('x-powered-by');
    application.use((_, response, next) => {
      response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer', 'X-Frame-Options': 'DENY' });
      next();
    });
    application.get('/', (request, response) => this.home(request, response));
    application.get('/login', (request, response) => this.login(request, response));
    application.post('/connect', express.urlencoded({ extended: false, limit: MAX_BODY }), (request, response) =>
      this.connect(request, response),
    );
    application.get('/callback', (request, response) => this.callback(request, response));
    for (const resource of RESOURCES) {
      application.post(`/${resource}`, (request, response) => this.call(request, response, resource));
    }
    application.post('/refresh', (request, response) => this.refresh(request, response));
    application.post('/logout', (request, response) => this.logout(request, response));
    application.use((_, response) => void response.status(404).send(notFoundPage()));
    application.use((error: Error, _: Request, response: Response, next: NextFunction) => {
      if (response.headersSent) return next(error);
      response.status(400).send(errorPage(error));
    });
    return application;
  }

  private home(request: Request, response: Response): void {
    const { signedIn, called } = this.visitor(request);
    if (signedIn) return void response.send(signedInPage({ ...signedIn, called }));
    const { tenants, platform } = this.settings;
    const { redirectUri, homeUri } = this;
    response.send(homePage({ tenants, platform, redirectUri, homeUri, form: toForm(request.query) }));
  }

  /** `prompt=create` leads to the page where an account is made (OpenID Connect Prompt Create 1.0). */
  private async login(request: Request, response: Response): Promise<void> {
    const tenant = this.settings.tenants.find(({ slug }) => slug === request.query['tenant']);
    if (!tenant) return response.redirect(303, '/');
    const signUp = tenant.offersSignUp && request.query['prompt'] === 'create';
    return this.authorize(request, response, { by: partyOf(tenant), params: signUp ? { prompt: 'create' } : {} });
  }

  /** A client that the visitor registered at a tenant of the platform. Its secret is kept while they are signed in. */
  private connect(request: Request, response: Response): Promise<void> {
    const by = toOwnClient(toForm((request.body ?? {}) as Record<string, unknown>), this.settings.platform);
    return this.authorize(request, response, { by, params: {} });
  }

  private async authorize(request: Request, response: Response, wanted: WantedSignIn): Promise<void> {
    const { by, params, resource } = wanted;
    const configuration = await this.configuration(by);
    const pending = {
      by,
      resource,
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    // Whoever turns back from a stronger sign-in is still signed in.
    this.remember(request, response, { ...(resource !== undefined && this.visitor(request)), pending });
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.redirectUri,
      scope: by.scope,
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
      ...params,
    });
    response.redirect(303, url.href);
  }

  private async callback(request: Request, response: Response): Promise<void> {
    const { pending } = this.visitor(request);
    if (!pending) return response.redirect(303, '/');
    const url = new URL(request.originalUrl, this.redirectUri);
    const configuration = await this.configuration(pending.by);
    const tokens = await client.authorizationCodeGrant(configuration, url, {
      expectedState: pending.state,
      expectedNonce: pending.nonce,
      pkceCodeVerifier: pending.verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new Error('There is no ID token in the answer.');
    const person = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub);
    const signedIn = { by: pending.by, tokens, claims, person };
    const called = pending.resource === undefined ? undefined : await this.answerOf(signedIn, pending.resource);
    this.remember(request, response, { signedIn, ...(called && { called }) });
    response.redirect(303, '/');
  }

  /** RFC 9470 §4: when the API wants a stronger sign-in, the person is sent for one, and the call is made again. */
  private async call(request: Request, response: Response, resource: string): Promise<void> {
    const { signedIn } = this.visitor(request);
    // A client of the visitor's own has no API here.
    if (!signedIn?.by.tenant) return response.redirect(303, '/');
    const called = await this.answerOf(signedIn, resource);
    if (called.acrValues !== undefined) {
      const params = { acr_values: called.acrValues };
      return this.authorize(request, response, { by: signedIn.by, params, resource });
    }
    this.remember(request, response, { signedIn, called });
    response.redirect(303, '/');
  }

  private async answerOf({ by, tokens }: SignedIn, resource: string): Promise<ApiAnswer> {
    const url = `http://127.0.0.1:${this.settings.ordersApi.port}/${by.tenant?.slug}/${resource}`;
    const answer = await fetch(url, { headers: { authorization: `Bearer ${tokens.access_token}` } });
    const challenge = answer.headers.get('www-authenticate') ?? '';
    const isTooWeak = challenge.includes('error="insufficient_user_authentication"');
    const acrValues = isTooWeak ? /acr_values="([^"]+)"/.exec(challenge)?.[1] : undefined;
    return { status: answer.status, body: await answer.text(), acrValues };
  }

  private async refresh(request: Request, response: Response): Promise<void> {
    const { signedIn } = this.visitor(request);
    if (!signedIn?.tokens.refresh_token) return response.redirect(303, '/');
    const configuration = await this.configuration(signedIn.by);
    try {
      const tokens = await client.refreshTokenGrant(configuration, signedIn.tokens.refresh_token);
      this.remember(request, response, { signedIn: { ...signedIn, tokens } });
      response.redirect(303, '/');
    } catch (error) {
      // RFC 6749 §5.2: the grant is over, and so is what the application knew of it.
      if (!(error instanceof client.ResponseBodyError) || error.error !== 'invalid_grant') throw error;
      this.remember(request, response, {});
      response.send(accessEndedPage(signedIn.by));
    }
  }

  private async logout(request: Request, response: Response): Promise<void> {
    const { signedIn } = this.visitor(request);
    this.remember(request, response, {});
    if (!signedIn) return response.redirect(303, '/');
    const url = client.buildEndSessionUrl(await this.configuration(signedIn.by), {
      post_logout_redirect_uri: this.homeUri,
      ...(signedIn.tokens.id_token && { id_token_hint: signedIn.tokens.id_token }),
    });
    response.redirect(303, url.href);
  }

  private get redirectUri(): string {
    return `http://127.0.0.1:${this.port}/callback`;
  }

  private get homeUri(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  /** Of the demo's tenants it is discovered when a person first signs in; a failure is not remembered. */
  private configuration(by: Party): Promise<client.Configuration> {
    if (!by.tenant) return discover(by);
    const known = this.configurations.get(by.issuer);
    if (known) return known;
    const discovered = discover(by);
    this.configurations.set(by.issuer, discovered);
    discovered.catch(() => this.configurations.delete(by.issuer));
    return discovered;
  }

  private visitor(request: Request): Visitor {
    return this.visitors.get(idOf(request)) ?? {};
  }

  /** A visitor gets a new session id with each change, against session fixation. */
  private remember(request: Request, response: Response, visitor: Visitor): void {
    this.visitors.delete(idOf(request));
    const [oldest] = this.visitors.keys();
    if (this.visitors.size >= MAX_VISITORS && oldest !== undefined) this.visitors.delete(oldest);
    const id = randomBytes(32).toString('base64url');
    this.visitors.set(id, visitor);
    response.cookie(COOKIE, id, { httpOnly: true, sameSite: 'lax' });
  }
}

function partyOf(tenant: DemoTenantSettings): Party {
  const { name, issuer, clientId, clientSecret } = tenant;
  return { name, issuer, clientId, clientSecret, scope: SCOPE, tenant };
}

async function discover({ issuer, clientId, clientSecret }: DemoClient): Promise<client.Configuration> {
  const authentication = clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret);
  const options = { execute: [client.allowInsecureRequests] };
  try {
    return await client.discovery(new URL(issuer), clientId, undefined, authentication, options);
  } catch (error) {
    throw new Error(`${issuer} cannot be discovered: ${whyNot(error)}`, { cause: error });
  }
}

/** The library's errors carry the answer, where there was one. */
function whyNot(error: unknown): string {
  const { cause } = error as Error;
  if (!(cause instanceof globalThis.Response)) return `it gave no answer. ${(error as Error).message}`;
  if (cause.status === 404) return 'the platform has no tenant of this name.';
  if (cause.status === 503) return 'it does not serve at the moment. Try again.';
  return `it answered with the HTTP status ${cause.status}.`;
}

function idOf(request: Request): string {
  const pairs = (request.headers.cookie ?? '').split('; ').map((pair) => pair.split('='));
  return pairs.find(([name]) => name === COOKIE)?.[1] ?? '';
}
