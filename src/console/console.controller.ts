import { Controller, Delete, Get, HttpCode, Patch, Post, Put, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import { CONSOLE_CLIENT_ID } from '../clients/client.js';
import { carryAccess } from '../management/kit/carried-access.js';
import { OAuthParameters } from '../oauth/parameters.js';
import { PageErrorFilter } from '../pages/errors/page-error.filter.js';
import { redirect } from '../pages/outcome-responder.js';
import { QueryText } from '../pages/query-text.js';
import { originOf } from '../protocol/oauth-request.js';
import { queryOf } from '../protocol/query-text.js';
import { TenantNotFoundError } from '../tenants/tenant-not-found.error.js';
import { CurrentTenant } from '../tenants/tenant.guard.js';
import type { Tenant } from '../tenants/tenant.js';
import { ConsoleCookies } from './console-cookies.js';
import { ConsoleForwarding } from './console-forwarding.js';
import { ConsolePage } from './console-page.js';
import { ConsolePerson } from './console-person.js';
import { ConsoleProblem, ConsoleProblemFilter } from './console-problem.js';
import type { ConsolePlace, ConsoleRequest } from './console-request.js';
import { ConsoleSessions } from './console-sessions.js';
import { ConsoleSignIn } from './console-sign-in.js';
import { ConsoleGuard, ConsolePageGuard, CurrentConsole } from './console.guard.js';
import { ConsoleSetup } from './console-setup.js';
import { returnPathOf } from './return-path.js';
import { SetupCookies } from './setup-cookies.js';
import { SamePageGuard } from './same-page.guard.js';

const API = 'api/v1/{*path}';

/** What the page of the console asks its server for. */
@Controller('console')
@UseGuards(ConsoleGuard)
@UseFilters(ConsoleProblemFilter)
export class ConsoleApiController {
  constructor(
    private readonly sessions: ConsoleSessions,
    private readonly person: ConsolePerson,
    private readonly forwarding: ConsoleForwarding,
    private readonly setup: ConsoleSetup,
  ) {}

  @Get('session')
  async session(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @CurrentConsole() place: ConsolePlace,
  ): Promise<void> {
    response.setHeader('Cache-Control', 'no-store');
    const setup = new SetupCookies(tenant, place).readSetup(request.headers.cookie);
    if (setup !== undefined) {
      response.json(this.setup.describe(tenant, await this.setup.require(tenant, setup)));
      return;
    }
    const { accessToken, secret } = await this.require(request, tenant, place);
    const person = await this.person.describe(tenant, accessToken);
    if (!person) {
      await this.sessions.forget(tenant, secret);
      throw signedOut();
    }
    response.json(person);
  }

  @Post('sign-out')
  @HttpCode(200)
  @UseGuards(SamePageGuard)
  async signOut(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @CurrentConsole() place: ConsolePlace,
  ): Promise<void> {
    const cookies = new ConsoleCookies(tenant, place);
    const secret = cookies.readSession(request.headers.cookie);
    if (secret !== undefined) await this.sessions.end(tenant, secret, originOf(request));
    const query = new URLSearchParams({
      client_id: CONSOLE_CLIENT_ID,
      post_logout_redirect_uri: `${place.address}/`,
    });
    response.setHeader('Set-Cookie', cookies.removeSession());
    response.setHeader('Cache-Control', 'no-store');
    response.json({ location: `${tenant.issuer}/end-session?${query.toString()}` });
  }

  /** Whoever came by a setup link is done. A session of the console beside it goes on. */
  @Post('setup/finish')
  @HttpCode(204)
  @UseGuards(SamePageGuard)
  async finishSetup(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @CurrentConsole() place: ConsolePlace,
  ): Promise<void> {
    const cookies = new SetupCookies(tenant, place);
    const secret = cookies.readSetup(request.headers.cookie);
    if (secret !== undefined) await this.setup.finish(tenant, secret, originOf(request));
    response.setHeader('Set-Cookie', cookies.removeSetup());
    response.setHeader('Cache-Control', 'no-store');
    response.end();
  }

  @Get(API)
  @UseGuards(SamePageGuard)
  get(@Req() request: ConsoleRequest, @Res() response: Response): Promise<void> {
    return this.forward(request, response);
  }

  @Post(API)
  @UseGuards(SamePageGuard)
  post(@Req() request: ConsoleRequest, @Res() response: Response): Promise<void> {
    return this.forward(request, response);
  }

  @Put(API)
  @UseGuards(SamePageGuard)
  put(@Req() request: ConsoleRequest, @Res() response: Response): Promise<void> {
    return this.forward(request, response);
  }

  @Patch(API)
  @UseGuards(SamePageGuard)
  patch(@Req() request: ConsoleRequest, @Res() response: Response): Promise<void> {
    return this.forward(request, response);
  }

  @Delete(API)
  @UseGuards(SamePageGuard)
  delete(@Req() request: ConsoleRequest, @Res() response: Response): Promise<void> {
    return this.forward(request, response);
  }

  private async forward(request: ConsoleRequest, response: Response): Promise<void> {
    const { tenant, console: place } = request;
    if (!tenant || !place) throw new Error('The API of the console needs the ConsoleGuard.');
    const setup = new SetupCookies(tenant, place).readSetup(request.headers.cookie);
    if (setup !== undefined) {
      carryAccess(request, { ...(await this.setup.require(tenant, setup)), tenant });
      return this.forwarding.forward(request, response, {});
    }
    const { accessToken, secret } = await this.require(request, tenant, place);
    const whenRefused = () => void this.sessions.forget(tenant, secret).catch(() => undefined); // it ends by itself
    this.forwarding.forward(request, response, { accessToken, whenRefused });
  }

  private async require(request: ConsoleRequest, tenant: Tenant, place: ConsolePlace) {
    const secret = new ConsoleCookies(tenant, place).readSession(request.headers.cookie);
    const origin = originOf(request);
    const accessToken = secret && (await this.sessions.findAccessToken(tenant, secret, origin));
    if (secret === undefined || accessToken === undefined) throw signedOut();
    return { secret, accessToken };
  }
}

function signedOut(): ConsoleProblem {
  return new ConsoleProblem('signed-out', 'Nobody is signed in, or the session has ended; sign in again.');
}

/** The page of the console, its files, and the way in. */
@Controller('console')
@UseGuards(ConsoleGuard)
@UseFilters(PageErrorFilter)
export class ConsoleController {
  constructor(
    private readonly signIn: ConsoleSignIn,
    private readonly sessions: ConsoleSessions,
    private readonly page: ConsolePage,
  ) {}

  @Get('sign-in')
  async begin(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @CurrentConsole() place: ConsolePlace,
    @QueryText('return_to') returnTo: string | undefined,
  ): Promise<void> {
    const { location, state, begun } = await this.signIn.begin(tenant, place, {
      returnTo: returnPathOf(place, returnTo),
      origin: originOf(request),
    });
    const cookies = new ConsoleCookies(tenant, place);
    response.setHeader('Set-Cookie', cookies.writeSignIn(request.headers.cookie, state, begun));
    redirect(response, location);
  }

  @Get('callback')
  async callback(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @CurrentConsole() place: ConsolePlace,
  ): Promise<void> {
    const cookies = new ConsoleCookies(tenant, place);
    const { cookie } = request.headers;
    const origin = originOf(request);
    const answer = OAuthParameters.parse(queryOf(request)).refuseRepeated();
    const state = answer.find('state') ?? '';
    const begun = cookies.readSignIn(cookie, state);
    const held = cookies.readSession(cookie);
    if (!begun) {
      // Back or a reload after a sign-in, one that took too long, or somebody else's.
      const isSignedIn =
        held !== undefined && (await this.sessions.findAccessToken(tenant, held, origin)) !== undefined;
      return redirect(response, `${place.path}/${isSignedIn ? '' : '?error=sign_in_expired'}`);
    }
    const outcome = await this.signIn.finish(tenant, place, answer, { begun, origin });
    const done = cookies.removeSignIn(state);
    if ('failure' in outcome) {
      response.setHeader('Set-Cookie', done);
      return redirect(response, `${place.path}/?error=${outcome.failure}`);
    }
    if (held !== undefined) await this.sessions.end(tenant, held, origin);
    response.setHeader('Set-Cookie', [done, cookies.writeSession(outcome.secret)]);
    redirect(response, place.path + begun.returnTo);
  }

  @Get('assets/{*name}')
  async asset(@Req() request: ConsoleRequest, @Res() response: Response): Promise<void> {
    const name = request.path.slice('/console/assets/'.length);
    const isSent = await this.page.sendAsset(response, name, request.headers['accept-encoding']);
    if (!isSent) throw new TenantNotFoundError();
  }
}

/** The page, at every address that is nothing else. */
@Controller('console')
@UseGuards(ConsolePageGuard)
@UseFilters(PageErrorFilter)
export class ConsolePageController {
  constructor(private readonly page: ConsolePage) {}

  @Get(['', '{*path}'])
  async show(
    @Req() request: ConsoleRequest,
    @Res() response: Response,
    @CurrentConsole() place: ConsolePlace,
  ): Promise<void> {
    if (place.isElsewhere) redirect(response, place.address + request.url.slice('/console'.length));
    else await this.page.send(response, place);
  }
}
