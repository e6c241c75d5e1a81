import type { FactorType } from './authentication-factor.js';
import { EmailCodeFactor } from './factors/email-code.factor.js';
import { PasskeyFactor } from './factors/passkey.factor.js';
import { PasswordFactor } from './factors/password.factor.js';
import { RecoveryCodeFactor } from './factors/recovery-code.factor.js';
import { TotpFactor } from './factors/totp.factor.js';

/**
 * THE LIST of factors, first and second ones. The order is that in which second factors are offered. A new factor is a
 * file in `factors` and a line here.
 */
export const authenticationFactors: readonly FactorType[] = [
  PasswordFactor,
  TotpFactor,
  PasskeyFactor,
  EmailCodeFactor,
  RecoveryCodeFactor,
];
