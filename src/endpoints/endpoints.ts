import { IntrospectionEndpoint } from './introspection.endpoint.js';
import { JwksEndpoint } from './jwks.endpoint.js';
import { MetadataEndpoint } from './metadata.endpoint.js';
import { RevocationEndpoint } from './revocation.endpoint.js';
import { TokenEndpoint } from './token.endpoint.js';
import { UserinfoEndpoint } from './userinfo.endpoint.js';

/** Every endpoint for machines. Each has a controller of the same name, which serves it in the ordinary lane. */
export const endpoints = [
  TokenEndpoint,
  IntrospectionEndpoint,
  RevocationEndpoint,
  UserinfoEndpoint,
  MetadataEndpoint,
  JwksEndpoint,
];
