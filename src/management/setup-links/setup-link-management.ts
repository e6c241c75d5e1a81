import { Injectable } from '@nestjs/common';
import { findLocale } from '../../language/messages.js';
import { readEmailAddress } from '../../oauth/email-address.js';
import { InsufficientScopeError } from '../../oauth/oauth-error.js';
import { SETUP_LINK_SECONDS, type SetupLink } from '../../setup-links/setup-link.js';
import {
  type MadeSetupLink,
  SetupLinks,
  TooManySetupLinksError,
  setupAddress,
} from '../../setup-links/setup-links.service.js';
import { nameOf } from '../../setup-links/setup-makers.js';
import { type SetupPurpose, missingScope } from '../../setup-links/setup-purposes.js';
import type { Tenant } from '../../tenants/tenant.js';
import { refuseSystem } from '../kit/authority.js';
import { checkIfMatch } from '../kit/etag.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { type Page, isId, limitOf, positionOf, toPage } from '../kit/paging.js';
import { type Caller, actorOf } from '../kit/principal.js';
import { Problem, notFound } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { mayBeInUse, setupLinkView } from './setup-link.view.js';
import type { CreateSetupLinkDto, ListSetupLinksQuery } from './setup-links.dto.js';

/** What operators and tenant admins do with setup links. */
@Injectable()
export class SetupLinkManagement {
  constructor(private readonly links: SetupLinks) {}

  async list(tenant: Tenant, query: ListSetupLinksQuery): Promise<Page<View>> {
    const after = positionOf(query, isId);
    const rows = await this.links.list(tenant.id, { after, status: query.status, limit: limitOf(query) + 1 });
    const allowed = await this.findAllowed(tenant, rows);
    return toPage(rows, query, { item: (row) => setupLinkView(row, allowed.has(row.id)), position: ({ id }) => id });
  }

  async get(tenant: Tenant, id: string): Promise<SetupLink> {
    const link = isId(id) ? await this.links.find(tenant.id, id) : undefined;
    if (!link) throw notFound();
    return link;
  }

  async view(tenant: Tenant, link: SetupLink): Promise<View> {
    return setupLinkView(link, (await this.findAllowed(tenant, [link])).has(link.id));
  }

  async create(write: ManagementWrite, tenant: Tenant, body: CreateSetupLinkDto): Promise<WriteAnswer> {
    const { caller } = write;
    const {
      purposes,
      expires_in_seconds: lifetimeSeconds = SETUP_LINK_SECONDS.usual,
      single_use: singleUse = false,
    } = body;
    requirePurposes(caller, purposes);
    refuseSystem(tenant, 'set up by a link');
    const email = typeof body.email === 'string' ? (readEmailAddress(body.email) ?? body.email) : null;
    const link = {
      ...{ purposes, singleUse, lifetimeSeconds, email, note: body.note ?? null },
      locale: findLocale(body.locale ?? undefined) ?? null,
      madeBy: actorOf(caller),
      makerName: nameOf(caller),
      ...makerOf(caller),
    };
    return write.perform<MadeSetupLink>({
      tenantId: tenant.id,
      change: ({ link: made }) => ({
        type: 'setup_link.created',
        target: `setup_link:${made.id}`,
        details: { mailed: email !== null },
        after: impersonalView(made),
      }),
      answer: ({ link: made, token }) => {
        const url = `${tenant.issuer}${setupAddress(token)}`;
        return write.created(made, { ...setupLinkView(made, true), url });
      },
      work: (companion) =>
        this.links.create(tenant, link, companion).catch((error: unknown) => {
          if (!(error instanceof TooManySetupLinksError)) throw error;
          throw new Problem('conflict', 'The tenant has as many open setup links as it can; revoke one.');
        }),
      otherwise: notFound,
    });
  }

  async revoke(write: ManagementWrite, tenant: Tenant, id: string, ifMatch: string | undefined): Promise<WriteAnswer> {
    const known = await this.get(tenant, id);
    requirePurposes(write.caller, known.purposes);
    checkIfMatch(ifMatch, known.version, { needed: false });
    return write.perform<SetupLink>({
      tenantId: tenant.id,
      change: (revoked) => ({
        type: 'setup_link.revoked',
        target: `setup_link:${id}`,
        before: impersonalView(known),
        after: impersonalView(revoked),
      }),
      answer: () => NO_CONTENT,
      work: (companion) => this.links.revoke(tenant.id, id, actorOf(write.caller), companion),
      otherwise: () => new Problem('conflict', 'It has ended already.'),
    });
  }

  /** Ids of those whose makers still may do what they are for. Few people make the links of a tenant. */
  private async findAllowed(tenant: Tenant, links: readonly SetupLink[]): Promise<ReadonlySet<string>> {
    const known = new Map<string, boolean>();
    const allowed = new Set<string>();
    for (const link of links.filter(mayBeInUse)) {
      const key = `${link.madeBy} ${link.makerRegistrationId} ${link.purposes.join()}`;
      const isAllowed = known.get(key) ?? (await this.links.findMaker(tenant, link)) !== undefined;
      known.set(key, isAllowed);
      if (isAllowed) allowed.add(link.id);
    }
    return allowed;
  }
}

/** Nobody gives what they do not have. @throws InsufficientScopeError */
function requirePurposes({ scope }: Caller, purposes: readonly SetupPurpose[]): void {
  const missing = missingScope(purposes, scope);
  if (!missing) return;
  const { purpose, scope: name } = missing;
  throw new InsufficientScopeError(`The access token needs the scope ${name} for a setup link to ${purpose}.`, name);
}

function makerOf({ tenant, user, client }: Caller) {
  return {
    makerTenantId: tenant.id,
    makerUserId: user?.id ?? null,
    makerClientId: user ? null : (client?.clientId ?? null),
    makerRegistrationId: user ? null : (client?.registrationId ?? null),
  };
}

/** Who gets the link is no user, so nothing would remove their data from the log. */
function impersonalView(link: SetupLink): View {
  const { email: _, note: __, done: ___, works: ____, ...view } = setupLinkView(link, true);
  return view;
}
