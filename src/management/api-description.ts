import { Inject, Injectable, type INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { CONFIG, type Config } from '../config/config.js';

/** The OpenAPI document, made from the controllers and their DTOs when somebody first asks. */
@Injectable()
export class ApiDescription {
  private made: OpenAPIObject | undefined;
  private make: (() => OpenAPIObject) | undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Called once, when the application with all its routes exists. */
  describe(application: INestApplication): void {
    const builder = new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle('Tenantry management API')
      .setDescription('Tenants and what belongs to them. Errors are problems (RFC 9457); lists are pages with cursors.')
      .setVersion('1')
      .addServer(this.config.publicUrl)
      .addBearerAuth(
        { type: 'http', scheme: 'bearer', description: `Access token for the audience ${this.config.publicUrl}/api` },
        'management',
      );
    this.make = () => onlyManagement(SwaggerModule.createDocument(application, builder.build()));
  }

  get document(): OpenAPIObject {
    if (!this.make) throw new Error('The application is not described yet.');
    return (this.made ??= this.make());
  }
}

/** The protocol's endpoints are described by their specifications and each tenant's discovery document. */
function onlyManagement(document: OpenAPIObject): OpenAPIObject {
  const paths = Object.entries(document.paths).filter(([path]) => path.startsWith('/api/'));
  return { ...document, paths: Object.fromEntries(paths) };
}
