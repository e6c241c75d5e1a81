import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApiRoleAssignmentsRepository } from './api-role-assignments.repository.js';
import { ApiRoleEntity } from './api-role.entity.js';
import { ApiRolesRepository } from './api-roles.repository.js';
import { ApiRolesService } from './api-roles.service.js';

/** Roles of people and machines at the tenant's own APIs. */
@Module({
  imports: [TypeOrmModule.forFeature([ApiRoleEntity])],
  providers: [ApiRolesRepository, ApiRoleAssignmentsRepository, ApiRolesService],
  exports: [ApiRolesService],
})
export class ApiRolesModule {}
