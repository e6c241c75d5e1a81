import type { Type } from '@nestjs/common';
import type { ClientAuthenticationMethod } from './client-authentication-method.js';
import { ClientSecretBasicMethod } from './client-secret-basic.method.js';
import { ClientSecretPostMethod } from './client-secret-post.method.js';
import { NoneMethod } from './none.method.js';
import { PrivateKeyJwtMethod } from './private-key-jwt.method.js';

/** THE LIST of client authentication methods: a new one is a file beside these and a line here. */
export const clientAuthenticationMethods: readonly Type<ClientAuthenticationMethod>[] = [
  ClientSecretBasicMethod,
  ClientSecretPostMethod,
  PrivateKeyJwtMethod,
  NoneMethod,
];

/** Injection token of their instances. */
export const CLIENT_AUTHENTICATION_METHODS = Symbol('ClientAuthenticationMethods');
