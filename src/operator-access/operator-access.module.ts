import { Module } from '@nestjs/common';
import { MailModule } from '../mail/mail.module.js';
import { AccessGrants } from './access-grants.service.js';
import { AccessGrantsRepository } from './access-grants.repository.js';
import { OperatorAccess } from './operator-access.js';
import { OwnerNotices } from './owner-notices.js';
import { OwnersRepository } from './owners.repository.js';

/** Access of operators to the people and secrets of a tenant, for a time and with a reason. */
@Module({
  imports: [MailModule],
  providers: [AccessGrantsRepository, OwnersRepository, OwnerNotices, AccessGrants, OperatorAccess],
  exports: [AccessGrants, OperatorAccess, OwnerNotices],
})
export class OperatorAccessModule {}
