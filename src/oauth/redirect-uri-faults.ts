import { type Fault, faultsOf } from './fault.js';

/** What can be wrong with a redirect URI that is registered, in English. */
export const REDIRECT_URI_FAULTS = {
  uri_too_long: 'is longer than {most} characters',
  uri_character: 'has a character that a URI cannot have',
  uri_wildcard: 'has a wildcard; every redirect URI is registered in full',
  uri_fragment: 'has a fragment',
  uri_not_absolute: 'is not an absolute URI',
  uri_user_name: 'has a user name',
  uri_parameter: 'has the parameter {name}, which belongs to the answer',
  uri_not_normal: 'is not in its normal form, which is {normal}',
  uri_not_https: 'must use https',
  uri_not_loopback: 'must use https; http is for the loopback address only',
  uri_not_confidential: 'must use https: http in a private network is for confidential clients only',
  uri_not_private: "must use https; the tenant's policy allow_private_http_redirects allows http in a private network",
  uri_scheme: 'must use https, http on the loopback address, or a private-use scheme such as com.example.app:',
  uri_scheme_dotless:
    'must use https, http on the loopback address, or a private-use scheme such as com.example.app:; the ' +
    "tenant's policy allow_dotless_schemes allows one without a dot",
} as const;

export type RedirectUriFault = Fault<keyof typeof REDIRECT_URI_FAULTS>;
export const uriFault = faultsOf(REDIRECT_URI_FAULTS);
