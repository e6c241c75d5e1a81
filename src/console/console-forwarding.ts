import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Express, Response } from 'express';
import type { ConsoleRequest } from './console-request.js';

/** What a page sends that is none of the API's business. */
const LEFT_OUT = ['cookie', 'origin', 'referer', 'tenantry-console', 'access-control-request-method'];

/**
 * Passes a request on to the management API within this process: the same request and answer take the routes of the
 * API from their beginning, so bodies, streams and every header are its own.
 */
@Injectable()
export class ConsoleForwarding {
  constructor(private readonly adapter: HttpAdapterHost) {}

  /**
   * @param accessToken absent of a request that carries its access itself
   * @param whenRefused called when the API does not take the token any more
   */
  forward(
    request: ConsoleRequest,
    response: Response,
    { accessToken, whenRefused }: { readonly accessToken?: string; readonly whenRefused?: () => void },
  ): void {
    const url = request.url.slice(request.url.indexOf('/api/v1/'));
    for (const name of LEFT_OUT) delete request.headers[name];
    delete request.headers.authorization;
    if (accessToken !== undefined) request.headers.authorization = `Bearer ${accessToken}`;
    request.url = url;
    request.originalUrl = url;
    request.baseUrl = '';
    request.params = {};
    // The API is the platform's, and at no tenant's address.
    delete request.tenantAddress;
    delete request.tenant;
    response.once('finish', () => {
      if (response.statusCode === 401) whenRefused?.();
    });
    const express = this.adapter.httpAdapter.getInstance<Express>();
    express(request, response);
  }
}
