import { Module } from '@nestjs/common';
import { BreachedPasswords } from './breached-passwords.js';

/** Passwords that are known from breaches elsewhere. */
@Module({ providers: [BreachedPasswords], exports: [BreachedPasswords] })
export class BreachesModule {}
