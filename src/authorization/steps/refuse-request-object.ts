import {
  RegistrationNotSupportedError,
  RequestNotSupportedError,
  RequestUriNotSupportedError,
} from '../../oauth/oauth-error.js';
import type { AuthorizationStep } from '../authorization-step.js';

/** OpenID Connect Core §6.1, §6.2, §7.2.1: request objects are not supported, so they are refused and never ignored. */
export const refuseRequestObject: AuthorizationStep = ({ params }) => {
  if (params.find('request') !== undefined) throw new RequestNotSupportedError('request is not supported.');
  if (params.find('request_uri') !== undefined) throw new RequestUriNotSupportedError('request_uri is not supported.');
  if (params.find('registration') !== undefined) {
    throw new RegistrationNotSupportedError('registration is not supported.');
  }
  return {};
};
