import { createServer } from 'node:http';

/**
 * The least that refuses a request over HTTP in a process of its own: it reads it and answers with as many bytes as the
 * platform does. What a flood of it does to others is the share of the machine.
 */
const BODY = JSON.stringify({
  error: 'temporarily_unavailable',
  error_description: 'The tenant makes more requests than it may at the moment; try again later.',
});
const HEADERS = {
  'Content-Type': 'application/json; charset=utf-8',
  'Content-Length': Buffer.byteLength(BODY),
  'Cache-Control': 'no-store',
  'Retry-After': '1',
  'RateLimit-Policy': '"token_requests";q=5;w=1',
  RateLimit: '"token_requests";r=0;t=1',
};

createServer((request, response) => {
  if (request.method === 'GET') return response.end();
  request.resume().on('end', () => response.writeHead(429, HEADERS).end(BODY));
}).listen(Number(process.env['PORT']), '127.0.0.1');
