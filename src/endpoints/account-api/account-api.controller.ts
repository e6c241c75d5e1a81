import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { PageQuery } from '../../management/kit/paging.js';
import { TenantGuard } from '../../tenants/tenant.guard.js';
import { AccountApiFilter } from './account-api.filter.js';
import { type AccountCall, AccountApiGuard, CurrentAccount, NeedsAccount } from './account-api.guard.js';
import { AccountApi } from './account-api.service.js';
import { ACCOUNT_API_QUERY } from './account-api.query.js';

type JsonBody = Readonly<Record<string, unknown>>;

/** The account of whoever the access token is for. */
@Controller('account/api')
@UseGuards(TenantGuard, AccountApiGuard)
@UseFilters(AccountApiFilter)
export class AccountApiController {
  constructor(private readonly api: AccountApi) {}

  @Get('profile')
  @NeedsAccount('account:read')
  profile(@CurrentAccount() call: AccountCall) {
    return this.api.profile(call);
  }

  @Patch('profile')
  @NeedsAccount('account:write')
  changeProfile(@CurrentAccount() call: AccountCall, @Body() body: JsonBody) {
    return this.api.changeProfile(call, body);
  }

  @Get('sessions')
  @NeedsAccount('account:read')
  sessions(@CurrentAccount() call: AccountCall) {
    return this.api.listSessions(call);
  }

  /** Signs the person out everywhere. */
  @Delete('sessions')
  @HttpCode(204)
  @NeedsAccount('account:write')
  endSessions(@CurrentAccount() call: AccountCall) {
    return this.api.endSessions(call);
  }

  @Delete('sessions/:session_id')
  @HttpCode(204)
  @NeedsAccount('account:write')
  endSession(@CurrentAccount() call: AccountCall, @Param('session_id') id: string) {
    return this.api.endSession(call, id);
  }

  @Get('applications')
  @NeedsAccount('account:read')
  applications(@CurrentAccount() call: AccountCall) {
    return this.api.listApplications(call);
  }

  @Delete('applications/:client_id')
  @HttpCode(204)
  @NeedsAccount('account:write')
  withdraw(@CurrentAccount() call: AccountCall, @Param('client_id') clientId: string) {
    return this.api.withdraw(call, clientId);
  }

  @Get('events')
  @NeedsAccount('account:read')
  events(@CurrentAccount() call: AccountCall, @Query(ACCOUNT_API_QUERY) query: PageQuery) {
    return this.api.listEvents(call, query);
  }

  /** Sends a link and a code to the new address. */
  @Post('email-change')
  @HttpCode(202)
  @NeedsAccount('account:write', { fresh: true })
  beginEmailChange(@CurrentAccount() call: AccountCall, @Body() body: JsonBody) {
    return this.api.beginEmailChange(call, body);
  }

  @Post('email-change/confirm')
  @HttpCode(200)
  @NeedsAccount('account:write')
  confirmEmailChange(@CurrentAccount() call: AccountCall, @Body() body: JsonBody) {
    return this.api.confirmEmailChange(call, body);
  }

  @Get('deletion')
  @NeedsAccount('account:read')
  deletion(@CurrentAccount() call: AccountCall) {
    return this.api.deletion(call);
  }

  @Post('deletion')
  @HttpCode(200)
  @NeedsAccount('account:write', { fresh: true })
  scheduleDeletion(@CurrentAccount() call: AccountCall) {
    return this.api.scheduleDeletion(call);
  }

  @Delete('deletion')
  @HttpCode(200)
  @NeedsAccount('account:write')
  withdrawDeletion(@CurrentAccount() call: AccountCall) {
    return this.api.withdrawDeletion(call);
  }

  /** Everything that is held about the person. */
  @Get('data')
  @NeedsAccount('account:read', { fresh: true })
  data(@CurrentAccount() call: AccountCall) {
    return this.api.export(call);
  }
}
