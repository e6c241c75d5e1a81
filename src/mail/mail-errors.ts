import { InvalidRequestError, TemporarilyUnavailableError, TooManyAttemptsError } from '../oauth/oauth-error.js';

/** More mail than a recipient, a network or the tenant may have in an hour. */
export class MailLimitError extends TooManyAttemptsError {}

/** No mail can be sent to this address. */
export class UnusableAddressError extends InvalidRequestError {}

/** The platform has no SMTP server. */
export class MailUnavailableError extends TemporarilyUnavailableError {
  constructor() {
    super('This server sends no mail, because it has no SMTP server. Its operator has to set SMTP_URL.');
  }
}
