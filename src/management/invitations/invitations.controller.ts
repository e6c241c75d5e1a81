import { Body, Controller, Delete, Get, Headers, Param, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Tenant } from '../../tenants/tenant.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import type { ManagementWrite } from '../kit/management-write.js';
import { CurrentWrite, TargetTenant } from '../kit/management.guard.js';
import type { Page } from '../kit/paging.js';
import type { View } from '../kit/view.js';
import { withEtag } from '../kit/with-etag.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { InvitationManagement } from './invitation-management.js';
import { invitationView } from './invitation.view.js';
import { CreateInvitationDto, ListInvitationsQuery } from './invitations.dto.js';

@ManagementController('Invitations')
@Controller('api/v1/tenants/:tenant/invitations')
export class InvitationsController {
  constructor(private readonly invitations: InvitationManagement) {}

  @Get()
  @Endpoint({
    id: 'listInvitations',
    summary: 'The invitations of the last months, oldest first unless `sort` says otherwise',
    scope: 'users:read',
    reach: 'invitations',
    query: ListInvitationsQuery,
    answer: 'InvitationPage',
  })
  list(@TargetTenant() tenant: Tenant, @Query() query: ListInvitationsQuery): Promise<Page<View>> {
    return this.invitations.list(tenant, query);
  }

  @Post()
  @Endpoint({
    id: 'createInvitation',
    summary: 'Invites somebody by mail to make an account',
    scope: 'users:write',
    reach: 'invitations',
    body: CreateInvitationDto,
    answer: 'Invitation',
    creates: true,
    versioned: true,
  })
  create(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Body() body: CreateInvitationDto,
  ): Promise<WriteAnswer> {
    return this.invitations.create(write, tenant, body);
  }

  @Get(':invitation_id')
  @Endpoint({
    id: 'getInvitation',
    summary: 'One invitation',
    scope: 'users:read',
    reach: 'invitations',
    answer: 'Invitation',
    versioned: true,
  })
  async get(
    @TargetTenant() tenant: Tenant,
    @Param('invitation_id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    const invitation = await this.invitations.get(tenant, id);
    return withEtag(response, invitation.version, invitationView(invitation));
  }

  @Post(':invitation_id/resend')
  @Endpoint({
    id: 'resendInvitation',
    summary: 'Sends another link, valid as long as the first one was; the one before does not work any more',
    scope: 'users:write',
    reach: 'invitations',
    answer: 'Invitation',
    versioned: true,
  })
  resend(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('invitation_id') id: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.invitations.resend(write, tenant, id, ifMatch);
  }

  @Delete(':invitation_id')
  @Endpoint({
    id: 'withdrawInvitation',
    summary: 'Withdraws an invitation; its link does not work any more',
    scope: 'users:write',
    reach: 'invitations',
    versioned: true,
  })
  withdraw(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('invitation_id') id: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.invitations.withdraw(write, tenant, id, ifMatch);
  }
}
