// A resource server with express-oauth2-jwt-bearer.
import express from 'express';
// docs:start
import { auth } from 'express-oauth2-jwt-bearer';

const app = express();
app.use(auth({ issuerBaseURL: process.env.ISSUER, audience: process.env.AUDIENCE }));
// docs:end
app.get('/orders', (request, response) => void response.json(request.auth.payload));
app.listen(Number(process.env.PORT));
