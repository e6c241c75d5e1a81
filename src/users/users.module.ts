import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BreachesModule } from '../breaches/breaches.module.js';
import { PasswordHasher } from './password-hasher.js';
import { UserEntity, UserIdentifierEntity } from './user.entity.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

/** Accounts, and the claims that are released about them. */
@Module({
  imports: [BreachesModule, TypeOrmModule.forFeature([UserEntity, UserIdentifierEntity])],
  providers: [PasswordHasher, UsersRepository, UsersService],
  exports: [PasswordHasher, UsersRepository, UsersService],
})
export class UsersModule {}
