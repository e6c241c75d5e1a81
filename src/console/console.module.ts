import { type DynamicModule, Module } from '@nestjs/common';
import { join } from 'node:path';
import { ClientsModule } from '../clients/clients.module.js';
import { packageRoot } from '../config/package-root.js';
import { KeysModule } from '../keys/keys.module.js';
import { PagesModule } from '../pages/pages.module.js';
import { SetupLinksModule } from '../setup-links/setup-links.module.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { TenantsModule } from '../tenants/tenants.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { ConsoleClients } from './console-clients.js';
import { ConsoleForwarding } from './console-forwarding.js';
import { CONSOLE_FOLDER, ConsolePage } from './console-page.js';
import { ConsolePerson } from './console-person.js';
import { ConsoleSessions } from './console-sessions.js';
import { ConsoleSessionsRepository } from './console-sessions.repository.js';
import { ConsoleSignIn } from './console-sign-in.js';
import { ConsoleSetup } from './console-setup.js';
import { SetupLinkController } from './setup-link.controller.js';
import { ConsoleApiController, ConsoleController, ConsolePageController } from './console.controller.js';

/** The console's part of the server: it signs people in, keeps their tokens, and passes requests on to the management API. */
@Module({})
export class ConsoleModule {
  /** @param folder with the built console; absent: beside the programs */
  static forRoot(folder = join(packageRoot(), 'dist', 'console')): DynamicModule {
    return {
      module: ConsoleModule,
      imports: [TenantsModule, ClientsModule, KeysModule, ResourcesModule, TokensModule, PagesModule, SetupLinksModule],
      controllers: [SetupLinkController, ConsoleApiController, ConsoleController, ConsolePageController],
      providers: [
        ConsoleClients,
        ConsoleForwarding,
        ConsolePage,
        ConsolePerson,
        ConsoleSetup,
        ConsoleSessions,
        ConsoleSessionsRepository,
        ConsoleSignIn,
        { provide: CONSOLE_FOLDER, useValue: folder },
      ],
    };
  }
}
