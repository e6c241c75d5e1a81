import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Res,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import type { Response } from 'express';
import { TestRedirectUriQuery } from '../../management/client-registrations/client-registrations.dto.js';
import { PageQuery } from '../../management/kit/paging.js';
import { withEtag } from '../../management/kit/with-etag.js';
import { TenantGuard } from '../../tenants/tenant.guard.js';
import { AccountApiFilter } from './account-api.filter.js';
import { type AccountCall, AccountApiGuard, CurrentAccount, NeedsAccount } from './account-api.guard.js';
import { ACCOUNT_API_QUERY as INPUT } from './account-api.query.js';
import { InviteOwnerDto, OwnClientDto } from './own-clients.dto.js';
import { OwnClients, type Versioned } from './own-clients.service.js';

/** The clients that whoever the access token is for registers and owns. */
@Controller('account/api')
@UseGuards(TenantGuard, AccountApiGuard)
@UseFilters(AccountApiFilter)
export class OwnClientsController {
  constructor(private readonly clients: OwnClients) {}

  @Get('clients')
  @NeedsAccount('account:read')
  list(@CurrentAccount() call: AccountCall, @Query(INPUT) query: PageQuery) {
    return this.clients.list(call, query);
  }

  @Post('clients')
  @NeedsAccount('account:write')
  async create(
    @CurrentAccount() call: AccountCall,
    @Body(INPUT) body: OwnClientDto,
    @Res({ passthrough: true }) response: Response,
  ) {
    return tagged(response, await this.clients.create(call, body));
  }

  @Get('clients/:registration_id')
  @NeedsAccount('account:read')
  async get(
    @CurrentAccount() call: AccountCall,
    @Param('registration_id') id: string,
    @Res({ passthrough: true }) response: Response,
  ) {
    return tagged(response, await this.clients.get(call, id));
  }

  @Patch('clients/:registration_id')
  @NeedsAccount('account:write')
  async edit(
    @CurrentAccount() call: AccountCall,
    @Param('registration_id') id: string,
    @Body(INPUT) body: OwnClientDto,
    @Res({ passthrough: true }) response: Response,
    @Headers('if-match') ifMatch?: string,
  ) {
    return tagged(response, await this.clients.edit(call, id, body, ifMatch));
  }

  @Delete('clients/:registration_id')
  @HttpCode(204)
  @NeedsAccount('account:write', { fresh: true })
  delete(@CurrentAccount() call: AccountCall, @Param('registration_id') id: string) {
    return this.clients.delete(call, id);
  }

  /** Hands in what is drafted. */
  @Post('clients/:registration_id/submission')
  @HttpCode(200)
  @NeedsAccount('account:write')
  async submit(
    @CurrentAccount() call: AccountCall,
    @Param('registration_id') id: string,
    @Res({ passthrough: true }) response: Response,
  ) {
    return tagged(response, await this.clients.submit(call, id));
  }

  @Delete('clients/:registration_id/submission')
  @HttpCode(200)
  @NeedsAccount('account:write')
  async withdraw(
    @CurrentAccount() call: AccountCall,
    @Param('registration_id') id: string,
    @Res({ passthrough: true }) response: Response,
  ) {
    return tagged(response, await this.clients.withdraw(call, id));
  }

  @Post('clients/:registration_id/secrets')
  @NeedsAccount('account:write', { fresh: true })
  addSecret(@CurrentAccount() call: AccountCall, @Param('registration_id') id: string) {
    return this.clients.addSecret(call, id);
  }

  @Delete('clients/:registration_id/secrets/:secret_id')
  @HttpCode(204)
  @NeedsAccount('account:write', { fresh: true })
  deleteSecret(
    @CurrentAccount() call: AccountCall,
    @Param('registration_id') id: string,
    @Param('secret_id') secretId: string,
  ) {
    return this.clients.deleteSecret(call, id, secretId);
  }

  @Get('clients/:registration_id/redirect-test')
  @NeedsAccount('account:read')
  testRedirect(
    @CurrentAccount() call: AccountCall,
    @Param('registration_id') id: string,
    @Query(INPUT) { redirect_uri: given = '' }: TestRedirectUriQuery,
  ) {
    return this.clients.testRedirect(call, id, given);
  }

  @Get('clients/:registration_id/snippets')
  @NeedsAccount('account:read')
  snippets(@CurrentAccount() call: AccountCall, @Param('registration_id') id: string) {
    return this.clients.snippets(call, id);
  }

  @Get('clients/:registration_id/snippets/:library')
  @NeedsAccount('account:read')
  snippet(
    @CurrentAccount() call: AccountCall,
    @Param('registration_id') id: string,
    @Param('library') library: string,
  ) {
    return this.clients.snippet(call, id, library);
  }

  /** Whether anybody has the name is not told. */
  @Post('clients/:registration_id/owner-invitations')
  @NeedsAccount('account:write', { fresh: true })
  invite(@CurrentAccount() call: AccountCall, @Param('registration_id') id: string, @Body(INPUT) body: InviteOwnerDto) {
    return this.clients.invite(call, id, body);
  }

  @Delete('clients/:registration_id/owner-invitations/:invitation_id')
  @HttpCode(204)
  @NeedsAccount('account:write')
  withdrawInvitation(
    @CurrentAccount() call: AccountCall,
    @Param('registration_id') id: string,
    @Param('invitation_id') invitationId: string,
  ) {
    return this.clients.withdrawInvitation(call, id, invitationId);
  }

  @Delete('clients/:registration_id/owners/:user_id')
  @HttpCode(204)
  @NeedsAccount('account:write', { fresh: true })
  removeOwner(
    @CurrentAccount() call: AccountCall,
    @Param('registration_id') id: string,
    @Param('user_id') userId: string,
  ) {
    return this.clients.removeOwner(call, id, userId);
  }

  @Get('client-invitations')
  @NeedsAccount('account:read')
  invitations(@CurrentAccount() call: AccountCall) {
    return this.clients.invitations(call);
  }

  @Post('client-invitations/:invitation_id/acceptance')
  @HttpCode(200)
  @NeedsAccount('account:write')
  async accept(
    @CurrentAccount() call: AccountCall,
    @Param('invitation_id') id: string,
    @Res({ passthrough: true }) response: Response,
  ) {
    return tagged(response, await this.clients.accept(call, id));
  }

  @Delete('client-invitations/:invitation_id')
  @HttpCode(204)
  @NeedsAccount('account:write')
  decline(@CurrentAccount() call: AccountCall, @Param('invitation_id') id: string) {
    return this.clients.decline(call, id);
  }
}

function tagged(response: Response, { version, body }: Versioned) {
  return withEtag(response, version, body);
}
