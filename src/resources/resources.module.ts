import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessResolver } from './access-resolver.js';
import { ApiDirectory } from './api-directory.js';
import { ApiEntity } from './api.entity.js';
import { ApisRepository } from './apis.repository.js';
import { ApisService } from './apis.service.js';

/** Protected resources and what can be asked for there. */
@Module({
  imports: [TypeOrmModule.forFeature([ApiEntity])],
  providers: [ApisRepository, ApisService, ApiDirectory, AccessResolver],
  exports: [ApisService, ApiDirectory, AccessResolver],
})
export class ResourcesModule {}
