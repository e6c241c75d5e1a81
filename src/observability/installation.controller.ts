import { Controller, Get, Header, Inject, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { CONFIG, type Config } from '../config/config.js';
import { CHALLENGE, installationProof } from '../crypto/installation-proof.js';

/** For the command line, which sends no secret to a server that does not know the installation's master key. */
@Controller('health')
export class InstallationController {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  @Get('installation')
  @Header('Cache-Control', 'no-store')
  prove(@Query('challenge') challenge: unknown, @Res({ passthrough: true }) response: Response) {
    if (typeof challenge !== 'string' || !CHALLENGE.test(challenge)) {
      response.status(400);
      return { error: 'invalid_request', error_description: 'challenge must be 22 to 64 base64url characters.' };
    }
    const { masterKey, publicUrl: url } = this.config;
    return { url, proof: installationProof(masterKey, { challenge, url }) };
  }
}
