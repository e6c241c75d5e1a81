import type { Server } from 'node:http';
import express, { type ErrorRequestHandler, type Express, type Request } from 'express';
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
  }
  application.use((_, response) => void response.status(404).json({ error: 'There is no such resource' }));
  refuseInJson(application);
  return listen(application, ordersApi.port);
}

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

const ORDERS: Readonly<Record<string, readonly object[]>> = {
  acme: [
    { number: 'A-1001', item: 'Standing order, rent', amount: '1,850.00', status: 'active' },
    { number: 'A-1002', item: 'Transfer to savings', amount: '400.00', status: 'executed' },
  ],
  globex: [{ number: 'G-77', item: 'Hydraulikpumpe HP-12', amount: '3', status: 'in Arbeit' }],
};
