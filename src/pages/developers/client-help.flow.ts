import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { SECRET_VARIABLE } from '../../developers/snippets/snippet.js';
import { snippetsOf, testRedirectOf } from '../../developers/shown-registration.js';
import type { UriDifference } from '../../oauth/redirect-uri-difference.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import type { MarkedText } from '../developer-content.js';
import type { PageAddress } from '../page-address.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { DeveloperPages, clientAddress } from './developer-pages.js';

/** As long as the address of a page may be that is shown again in another language. */
const GIVEN_MAX_LENGTH = 2000;
const LIBRARY = /^[a-z0-9-]{1,40}$/;

/** What helps to connect an application: code for it, and what is wrong with a redirect URI. */
@Injectable()
export class ClientHelpFlow {
  constructor(
    private readonly developerPages: DeveloperPages,
    private readonly pages: PageResponder,
  ) {}

  async testRedirect(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    id: string,
    entered = '',
  ): Promise<void> {
    const visit = await this.developerPages.enterClient(request, response, tenant, id, { page: 'redirects' });
    if (!visit) return;
    const given = entered.trim().slice(0, GIVEN_MAX_LENGTH);
    const test = given === '' ? undefined : testRedirectOf(visit.known, given);
    const address = clientAddress(visit.id, 'redirects');
    const here = given === '' ? address : `${address}?${new URLSearchParams({ redirect_uri: given }).toString()}`;
    this.pages.send(response, {
      page: 'account-client-redirects',
      ...this.developerPages.ofClient(visit, 'redirects'),
      ...this.developerPages.frame(visit, here as PageAddress),
      action: pathOf(tenant, address),
      entered: given,
      ...(test && { matches: test.matches }),
      comparisons: (test?.comparisons ?? []).flatMap(({ registered, difference }) =>
        difference ? [comparisonOf(registered, given, difference)] : [],
      ),
    });
  }

  async showSnippet(request: PageRequest, response: Response, tenant: Tenant, id: string, library = ''): Promise<void> {
    const visit = await this.developerPages.enterClient(request, response, tenant, id, { page: 'snippets' });
    if (!visit) return;
    const offered = snippetsOf(tenant, visit.known);
    const shown = offered.find((one) => one.library === library) ?? offered[0];
    const address = clientAddress(visit.id, 'snippets');
    const addressOf = (name: string): PageAddress => `${address}?library=${name}` as PageAddress;
    this.pages.send(response, {
      page: 'account-client-snippets',
      ...this.developerPages.ofClient(visit, 'snippets'),
      ...this.developerPages.frame(visit, shown && LIBRARY.test(library) ? addressOf(shown.library) : address),
      libraries: offered.map((one) => ({
        title: one.title,
        language: one.language,
        href: pathOf(tenant, addressOf(one.library)),
        isShown: one === shown,
      })),
      ...(shown && {
        snippet: {
          title: shown.title,
          file: shown.file,
          ...(shown.install && { install: shown.install }),
          ...(shown.needsSecret && { secretVariable: SECRET_VARIABLE }),
        },
      }),
    });
  }
}

function comparisonOf(registered: string, given: string, difference: UriDifference) {
  const { part, position, registeredCharacter, givenCharacter, reason } = difference;
  return {
    registered: marked(registered, position),
    given: marked(given, position),
    ...{ part, position, reason },
    ...(registeredCharacter !== null && { registeredCharacter }),
    ...(givenCharacter !== null && { givenCharacter }),
  };
}

/** @param position of the character, counted from 1 */
function marked(text: string, position: number): MarkedText {
  const characters = [...text];
  return {
    before: characters.slice(0, position - 1).join(''),
    mark: characters[position - 1] ?? '',
    after: characters.slice(position).join(''),
  };
}
