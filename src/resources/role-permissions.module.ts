import { Global, Module } from '@nestjs/common';
import { ROLE_PERMISSIONS } from '../clients/role-permissions.js';
import { permissionsOfRoles } from './management-roles.js';

/** Tells the clients what their roles allow. */
@Global()
@Module({
  providers: [{ provide: ROLE_PERMISSIONS, useValue: permissionsOfRoles }],
  exports: [ROLE_PERMISSIONS],
})
export class RolePermissionsModule {}
