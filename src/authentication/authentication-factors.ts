import type { Type } from '@nestjs/common';
import type { AuthenticationFactor } from './authentication-factor.js';
import { PasswordFactor } from './factors/password.factor.js';

/** THE LIST of factors; the first one begins a sign-in. */
export const authenticationFactors: readonly Type<AuthenticationFactor>[] = [PasswordFactor];
