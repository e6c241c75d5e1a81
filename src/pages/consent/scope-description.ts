import type { Api } from '../../resources/api.js';
import type { Locale } from '../../language/messages.js';

/** What a scope of an API means, in the person's language if the API says it there, else in the tenant's own. */
export function describeScope(api: Api, name: string, locale: Locale): string {
  const scope = api.scopes.find((one) => one.name === name);
  return scope?.descriptions?.[locale] ?? scope?.description ?? name;
}
