import type { Server } from 'node:http';
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler } from 'express';
import { auth, requiredScopes } from 'express-oauth2-jwt-bearer';
import type { DemoSettings } from './demo-settings.js';
import { listen } from './listen.js';

/**
 * A protected resource like any other: it knows the issuers it trusts, verifies access tokens with the keys they
 * publish, and asks for a scope. It is not part of the platform and takes nothing from it.
 */
export function startOrdersApi({ tenants, ordersApi }: DemoSettings): Promise<Server> {
  const application = express().disable('x-powered-by');
  for (const { slug, issuer, api } of tenants) {
    const verifyToken = auth({ issuer, jwksUri: `${issuer}/jwks`, audience: api });
    application.get(`/${slug}/orders`, verifyToken, requiredScopes('orders:read'), (request, response) => {
      response.json({ tenant: slug, customer: subjectOf(request), orders: ORDERS[slug] ?? [] });
    });
    application.get(
      `/${slug}/invoices`,
      verifyToken,
      requiredScopes('orders:read'),
      requireTwoFactors,
      (request, response) => {
        response.json({ tenant: slug, customer: subjectOf(request), invoices: INVOICES[slug] ?? [] });
      },
    );
  }
  application.use((_, response) => void response.status(404).json({ error: 'There is no such resource' }));
  refuseInJson(application);
  return listen(application, ordersApi.port);
}

/** RFC 9470 §3: whoever signed in with one factor is told to come back with two. */
const requireTwoFactors: RequestHandler = (request, response, next) => {
  const acr = request.auth?.payload['acr'];
  if (typeof acr === 'string' && TWO_FACTORS.includes(acr)) return next();
  response
    .status(401)
    .set(
      'WWW-Authenticate',
      'Bearer error="insufficient_user_authentication", ' +
        `error_description="Invoices need two factors", acr_values="${TWO_FACTORS.join(' ')}"`,
    )
    .json({ error: 'Invoices need a sign-in with two factors' });
};

function refuseInJson(application: Express): void {
  const refuse: ErrorRequestHandler = (
    error: { status?: number; headers?: object; message: string },
    _,
    response,
    next,
  ) => {
    if (response.headersSent) return next(error);
    response
      .status(error.status ?? 500)
      .set(error.headers ?? {})
      .json({ error: error.message });
  };
  application.use(refuse);
}

function subjectOf(request: Request): string | undefined {
  return request.auth?.payload.sub;
}

/** Names of levels that the tenants publish; any of them will do. */
const TWO_FACTORS = ['2', 'phr'];

const INVOICES: Readonly<Record<string, readonly object[]>> = {
  acme: [{ number: 'R-2001', for: 'A-1001', amount: '1,850.00', iban: 'CH93 0076 2011 6238 5295 7' }],
  globex: [{ number: 'R-310', for: 'G-77', amount: '4.310,00', iban: 'DE89 3704 0044 0532 0130 00' }],
};

const ORDERS: Readonly<Record<string, readonly object[]>> = {
  acme: [
    { number: 'A-1001', item: 'Standing order, rent', amount: '1,850.00', status: 'active' },
    { number: 'A-1002', item: 'Transfer to savings', amount: '400.00', status: 'executed' },
  ],
  globex: [{ number: 'G-77', item: 'Hydraulikpumpe HP-12', amount: '3', status: 'in Arbeit' }],
};
