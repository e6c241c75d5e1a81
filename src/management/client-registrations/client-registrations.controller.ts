import { Body, Controller, Delete, Get, Headers, Param, Put, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { versionOf } from '../../developers/client-registration.js';
import type { Tenant } from '../../tenants/tenant.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import type { ManagementWrite } from '../kit/management-write.js';
import { CurrentWrite, TargetTenant } from '../kit/management.guard.js';
import type { Page } from '../kit/paging.js';
import type { View } from '../kit/view.js';
import { withEtag } from '../kit/with-etag.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { ClientRegistrationManagement } from './client-registration-management.js';
import {
  ListClientRegistrationsQuery,
  RejectClientRegistrationDto,
  SuspendClientDto,
  TestRedirectUriQuery,
} from './client-registrations.dto.js';

@ManagementController('Client registrations')
@Controller('api/v1/tenants/:tenant/client-registrations')
export class ClientRegistrationsController {
  constructor(private readonly registrations: ClientRegistrationManagement) {}

  @Get()
  @Endpoint({
    id: 'listClientRegistrations',
    summary: 'The clients that developers register, oldest first',
    scope: 'clients:read',
    reach: 'people',
    query: ListClientRegistrationsQuery,
    answer: 'ClientRegistrationPage',
  })
  list(@TargetTenant() tenant: Tenant, @Query() query: ListClientRegistrationsQuery): Promise<Page<View>> {
    return this.registrations.list(tenant, query);
  }

  @Get(':registration_id')
  @Endpoint({
    id: 'getClientRegistration',
    summary: 'One of them: the client, what is proposed, and how they differ',
    scope: 'clients:read',
    reach: 'people',
    answer: 'ClientRegistration',
    versioned: true,
  })
  async get(
    @TargetTenant() tenant: Tenant,
    @Param('registration_id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    const known = await this.registrations.get(tenant, id);
    return withEtag(response, versionOf(known), await this.registrations.view(tenant, known));
  }

  @Put(':registration_id/approval')
  @Endpoint({
    id: 'approveClientRegistration',
    summary: 'Makes the client what is proposed, in the version that was seen',
    scope: 'clients:write',
    reach: 'secrets',
    answer: 'ClientRegistration',
    versioned: true,
  })
  approve(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('registration_id') id: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.registrations.approve(write, tenant, { id, ifMatch });
  }

  @Put(':registration_id/rejection')
  @Endpoint({
    id: 'rejectClientRegistration',
    summary: 'Rejects what is proposed; a client that exists stays as it is',
    scope: 'clients:write',
    reach: 'secrets',
    body: RejectClientRegistrationDto,
    answer: 'ClientRegistration',
    versioned: true,
  })
  reject(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('registration_id') id: string,
    @Body() { reason }: RejectClientRegistrationDto,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.registrations.reject(write, tenant, { id, ifMatch }, reason);
  }

  @Put(':registration_id/suspension')
  @Endpoint({
    id: 'suspendRegisteredClient',
    summary: 'Suspends the client; its tokens stop at once',
    scope: 'clients:write',
    reach: 'secrets',
    body: SuspendClientDto,
    answer: 'ClientRegistration',
    versioned: true,
  })
  suspend(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('registration_id') id: string,
    @Body() { reason }: SuspendClientDto,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.registrations.enable(write, tenant, { id, ifMatch }, { enabled: false, reason });
  }

  @Delete(':registration_id/suspension')
  @Endpoint({
    id: 'resumeRegisteredClient',
    summary: 'Lets a suspended client go on',
    scope: 'clients:write',
    reach: 'secrets',
    answer: 'ClientRegistration',
    versioned: true,
  })
  resume(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('registration_id') id: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.registrations.enable(write, tenant, { id, ifMatch }, { enabled: true });
  }

  @Put(':registration_id/owners/:user_id')
  @Endpoint({
    id: 'giveClientOwner',
    summary: 'Makes a user an owner; one who is stays as they are',
    scope: 'clients:write',
    reach: 'secrets',
    answer: 'ClientOwner',
  })
  giveOwner(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('registration_id') id: string,
    @Param('user_id') userId: string,
  ): Promise<WriteAnswer> {
    return this.registrations.giveOwner(write, tenant, id, userId);
  }

  @Delete(':registration_id/owners/:user_id')
  @Endpoint({
    id: 'takeClientOwner',
    summary: 'Makes a user an owner no longer; it can be left without one',
    scope: 'clients:write',
    reach: 'secrets',
  })
  takeOwner(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('registration_id') id: string,
    @Param('user_id') userId: string,
  ): Promise<WriteAnswer> {
    return this.registrations.takeOwner(write, tenant, id, userId);
  }

  @Get(':registration_id/redirect-test')
  @Endpoint({
    id: 'testRedirectUri',
    summary: 'Says how a redirect URI differs from those that are registered',
    scope: 'clients:read',
    reach: 'none',
    query: TestRedirectUriQuery,
    answer: 'RedirectUriTest',
  })
  testRedirect(
    @TargetTenant() tenant: Tenant,
    @Param('registration_id') id: string,
    @Query() { redirect_uri: given = '' }: TestRedirectUriQuery,
  ): Promise<View> {
    return this.registrations.testRedirect(tenant, id, given);
  }

  @Get(':registration_id/snippets')
  @Endpoint({
    id: 'listClientSnippets',
    summary: 'The libraries that there is code for, with the values of this client',
    scope: 'clients:read',
    reach: 'none',
    answer: 'SnippetList',
  })
  snippets(@TargetTenant() tenant: Tenant, @Param('registration_id') id: string): Promise<View> {
    return this.registrations.snippets(tenant, id);
  }

  @Get(':registration_id/snippets/:library')
  @Endpoint({
    id: 'getClientSnippet',
    summary: 'Code for one of them, without a secret',
    scope: 'clients:read',
    reach: 'none',
    answer: 'Snippet',
  })
  snippet(
    @TargetTenant() tenant: Tenant,
    @Param('registration_id') id: string,
    @Param('library') library: string,
  ): Promise<View> {
    return this.registrations.snippet(tenant, id, library);
  }
}
