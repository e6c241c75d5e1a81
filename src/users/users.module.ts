import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BreachedPasswordsModule } from '../breached-passwords/breached-passwords.module.js';
import { PasswordHasher } from './password-hasher.js';
import { UserEntity, UserIdentifierEntity } from './user.entity.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

/** Accounts, and the claims that are released about them. */
@Module({
  imports: [BreachedPasswordsModule, TypeOrmModule.forFeature([UserEntity, UserIdentifierEntity])],
  providers: [PasswordHasher, UsersRepository, UsersService],
  exports: [PasswordHasher, UsersRepository, UsersService],
})
export class UsersModule {}
