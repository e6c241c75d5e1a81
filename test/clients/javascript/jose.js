// A resource server with jose.
import express from 'express';
// docs:start
import { createRemoteJWKSet, jwtVerify } from 'jose';

const keys = createRemoteJWKSet(new URL(`${process.env.ISSUER}/jwks`));

async function verify(request, response, next) {
  const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
  try {
    const { payload } = await jwtVerify(token, keys, { issuer: process.env.ISSUER, audience: process.env.AUDIENCE });
    request.token = payload;
    next();
  } catch {
    response.status(401).set('WWW-Authenticate', 'Bearer error="invalid_token"').end();
  }
}
// docs:end
const app = express();
app.get('/orders', verify, (request, response) => void response.json(request.token));
app.listen(Number(process.env.PORT));
