import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GroupMembersRepository } from './group-members.repository.js';
import { GroupEntity } from './group.entity.js';
import { GroupsRepository } from './groups.repository.js';
import { GroupsService } from './groups.service.js';

/** Groups of users, for the applications of a tenant. */
@Module({
  imports: [TypeOrmModule.forFeature([GroupEntity])],
  providers: [GroupsRepository, GroupMembersRepository, GroupsService],
  exports: [GroupsService],
})
export class GroupsModule {}
