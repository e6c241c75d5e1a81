import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ClientsModule } from '../clients/clients.module.js';
import { AccessResolver } from './access-resolver.js';
import { ApiDirectory } from './api-directory.js';
import { ApiEntity } from './api.entity.js';
import { ApisRepository } from './apis.repository.js';
import { ApisService } from './apis.service.js';

/** Protected resources and what can be asked for there. */
@Module({
  imports: [TypeOrmModule.forFeature([ApiEntity]), ClientsModule],
  providers: [ApisRepository, ApisService, ApiDirectory, AccessResolver],
  exports: [ApisService, ApiDirectory, AccessResolver],
})
export class ResourcesModule {}
