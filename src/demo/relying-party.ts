import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import express, { type NextFunction, type Request, type Response } from 'express';
import * as client from 'openid-client';
import type { DemoSettings, DemoTenantSettings } from './demo-settings.js';
import { listen, portOf } from './listen.js';
import { accessEndedPage, errorPage, homePage, notFoundPage, signedInPage } from './relying-party-pages.js';

const SCOPE = 'openid profile email offline_access orders:read';
const COOKIE = 'demo';
/** The most visitors that are kept; the oldest is removed first. */
const MAX_VISITORS = 1000;

/** What the application keeps about one browser. */
interface Visitor {
  readonly pending?: {
    readonly tenant: DemoTenantSettings;
    readonly state: string;
    readonly nonce: string;
    readonly verifier: string;
  };
  readonly signedIn?: {
    readonly tenant: DemoTenantSettings;
    readonly tokens: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers;
    readonly claims: client.IDToken;
    readonly person: client.UserInfoResponse;
  };
  readonly called?: { readonly status: number; readonly body: string };
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
    application.get('/callback', (request, response) => this.callback(request, response));
    application.post('/orders', (request, response) => this.orders(request, response));
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
    response.send(signedIn ? signedInPage({ ...signedIn, called }) : homePage(this.settings.tenants));
  }

  private async login(request: Request, response: Response): Promise<void> {
    const tenant = this.settings.tenants.find(({ slug }) => slug === request.query['tenant']);
    if (!tenant) return response.redirect(303, '/');
    const configuration = await this.configuration(tenant);
    const pending = {
      tenant,
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
    };
    this.remember(request, response, { pending });
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.redirectUri,
      scope: SCOPE,
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
    });
    response.redirect(303, url.href);
  }

  private async callback(request: Request, response: Response): Promise<void> {
    const { pending } = this.visitor(request);
    if (!pending) return response.redirect(303, '/');
    const url = new URL(request.originalUrl, this.redirectUri);
    const configuration = await this.configuration(pending.tenant);
    const tokens = await client.authorizationCodeGrant(configuration, url, {
      expectedState: pending.state,
      expectedNonce: pending.nonce,
      pkceCodeVerifier: pending.verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new Error('There is no ID token in the answer.');
    const person = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub);
    this.remember(request, response, { signedIn: { tenant: pending.tenant, tokens, claims, person } });
    response.redirect(303, '/');
  }

  private async orders(request: Request, response: Response): Promise<void> {
    const { signedIn } = this.visitor(request);
    if (!signedIn) return response.redirect(303, '/');
    const url = `http://127.0.0.1:${this.settings.ordersApi.port}/${signedIn.tenant.slug}/orders`;
    const answer = await fetch(url, { headers: { authorization: `Bearer ${signedIn.tokens.access_token}` } });
    this.remember(request, response, { signedIn, called: { status: answer.status, body: await answer.text() } });
    response.redirect(303, '/');
  }

  private async refresh(request: Request, response: Response): Promise<void> {
    const { signedIn } = this.visitor(request);
    if (!signedIn?.tokens.refresh_token) return response.redirect(303, '/');
    const configuration = await this.configuration(signedIn.tenant);
    try {
      const tokens = await client.refreshTokenGrant(configuration, signedIn.tokens.refresh_token);
      this.remember(request, response, { signedIn: { ...signedIn, tokens } });
      response.redirect(303, '/');
    } catch (error) {
      // RFC 6749 §5.2: the grant is over, and so is what the application knew of it.
      if (!(error instanceof client.ResponseBodyError) || error.error !== 'invalid_grant') throw error;
      this.remember(request, response, {});
      response.send(accessEndedPage(signedIn.tenant));
    }
  }

  private async logout(request: Request, response: Response): Promise<void> {
    const { signedIn } = this.visitor(request);
    this.remember(request, response, {});
    if (!signedIn) return response.redirect(303, '/');
    const url = client.buildEndSessionUrl(await this.configuration(signedIn.tenant), {
      post_logout_redirect_uri: new URL('/', this.redirectUri).href,
      ...(signedIn.tokens.id_token && { id_token_hint: signedIn.tokens.id_token }),
    });
    response.redirect(303, url.href);
  }

  private get redirectUri(): string {
    return `http://127.0.0.1:${this.port}/callback`;
  }

  /** Discovered when a person first signs in; a failure is not remembered. */
  private configuration(tenant: DemoTenantSettings): Promise<client.Configuration> {
    const known = this.configurations.get(tenant.slug);
    if (known) return known;
    const discovered = client.discovery(
      new URL(tenant.issuer),
      tenant.clientId,
      undefined,
      client.ClientSecretBasic(tenant.clientSecret),
      { execute: [client.allowInsecureRequests] },
    );
    this.configurations.set(tenant.slug, discovered);
    discovered.catch(() => this.configurations.delete(tenant.slug));
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

function idOf(request: Request): string {
  const pairs = (request.headers.cookie ?? '').split('; ').map((pair) => pair.split('='));
  return pairs.find(([name]) => name === COOKIE)?.[1] ?? '';
}
