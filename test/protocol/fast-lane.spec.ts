import { describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { EndpointPipeline } from '../../src/protocol/endpoint-pipeline.js';
import type { TenantEndpoint } from '../../src/protocol/endpoint.js';
import { FastLane } from '../../src/protocol/fast-lane.js';
import type { OAuthAnswer } from '../../src/protocol/oauth-answer.js';
import type { OAuthRequest } from '../../src/protocol/oauth-request.js';
import { send } from '../support/http.js';

describe('The fast lane', () => {
  it('ends the connection, and not the process, when an answer cannot be written', async () => {
    const answers: OAuthAnswer[] = [
      { status: 200, fields: ['x-broken', 'two\r\nlines'], body: 'x' },
      { status: 200, fields: ['x-good', 'one line'], body: 'x' },
    ];
    const endpoint: TenantEndpoint = {
      paths: ['/x'],
      methods: ['GET'],
      needs: 'tenant',
      handle: () => answers.shift() ?? { status: 404, fields: [], body: undefined },
    };
    const pipeline = { answer: async () => endpoint.handle({} as never) } as unknown as EndpointPipeline;
    const serve = new FastLane([endpoint], pipeline).open([['x-common', 'here']]);
    const server = createServer((request, response) => {
      const addressed = request as OAuthRequest;
      addressed.tenantAddress = { kind: 'path', slug: 'acme' };
      expect(serve(addressed, response)).toBe(true);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://localhost:${(server.address() as AddressInfo).port}/x`;
    try {
      await expect(send(url)).rejects.toThrow();
      const [good, empty] = [await send(url), await send(url)];
      expect([good.status, good.text, good.headers['x-good'], good.headers['x-common']]).toEqual([
        200,
        'x',
        'one line',
        'here',
      ]);
      expect([empty.status, empty.text, empty.headers['content-length']]).toEqual([404, '', '0']);
    } finally {
      server.close();
    }
  });
});
