import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { Tenant } from '../../tenants/tenant.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import type { ManagementWrite } from '../kit/management-write.js';
import { CurrentWrite, TargetTenant } from '../kit/management.guard.js';
import { type Page, PageQuery } from '../kit/paging.js';
import type { View } from '../kit/view.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { MailManagement } from './mail-management.js';
import { SendTestMailDto } from './mail.dto.js';

@ManagementController('Mail')
@Controller('api/v1/tenants/:tenant/mail')
export class MailController {
  constructor(private readonly mails: MailManagement) {}

  @Get()
  @Endpoint({
    id: 'listMail',
    summary: 'The mails of the last 30 days and how they fare, newest first. Never their content',
    scope: 'users:read',
    reach: 'people',
    query: PageQuery,
    answer: 'MailPage',
  })
  list(@TargetTenant() tenant: Tenant, @Query() query: PageQuery): Promise<Page<View>> {
    return this.mails.list(tenant, query);
  }

  @Post('test')
  @Endpoint({
    id: 'sendTestMail',
    summary: 'Sends a test mail, and says what the SMTP server answered',
    scope: 'users:write',
    reach: 'none',
    body: SendTestMailDto,
    answer: 'Mail',
  })
  sendTest(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Body() body: SendTestMailDto,
  ): Promise<WriteAnswer> {
    return this.mails.sendTest(write, tenant, body);
  }

  @Get(':mail_id')
  @Endpoint({ id: 'getMail', summary: 'How one mail fares', scope: 'users:read', reach: 'people', answer: 'Mail' })
  get(@TargetTenant() tenant: Tenant, @Param('mail_id') id: string): Promise<View> {
    return this.mails.get(tenant, id);
  }
}
