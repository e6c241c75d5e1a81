import type { INestApplication, Type } from '@nestjs/common';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { type DescribedEndpoint, ENDPOINT } from '../kit/endpoint.decorator.js';
import { RESOURCE } from '../kit/management-controller.decorator.js';

/** Where an operation of the document carries its `DescribedEndpoint`. */
export const EXTENSION = 'x-endpoint';

/**
 * The routes of the management API as `@nestjs/swagger` finds them. The package is loaded here, when somebody first asks
 * for the document: it is 600 modules, and every start of a process would load them for nothing.
 */
export async function findRoutes(
  application: INestApplication,
  base: (builder: DocumentBuilder) => Omit<OpenAPIObject, 'paths'>,
): Promise<OpenAPIObject> {
  const swagger = await import('@nestjs/swagger');
  const modules = [...application.get(ModulesContainer).values()];
  const controllersOf = (module: (typeof modules)[number]) =>
    [...module.controllers.values()].map(({ metatype }) => metatype as Type);
  const included = modules.filter((module) => controllersOf(module).some(resourceOf));
  for (const controller of included.flatMap(controllersOf)) mark(controller, swagger);
  const include = included.map(({ metatype }) => metatype);
  return swagger.SwaggerModule.createDocument(application, base(new swagger.DocumentBuilder()), { include });
}

type Swagger = typeof import('@nestjs/swagger');
type DocumentBuilder = InstanceType<Swagger['DocumentBuilder']>;

/** Says the same of a controller and its handlers in the metadata of the package. */
function mark(controller: Type, { ApiExcludeController, ApiExtension, ApiOperation, ApiTags }: Swagger): void {
  const resource = resourceOf(controller);
  if (resource === undefined) {
    ApiExcludeController()(controller);
    return;
  }
  ApiTags(resource)(controller);
  const prototype = controller.prototype as Record<string, object>;
  for (const name of new MetadataScanner().getAllMethodNames(prototype)) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
    const endpoint = Reflect.getMetadata(ENDPOINT, prototype[name] ?? {}) as DescribedEndpoint | undefined;
    if (!descriptor || !endpoint) continue;
    ApiOperation({ operationId: endpoint.id, summary: endpoint.summary })(prototype, name, descriptor);
    ApiExtension(EXTENSION, endpoint)(prototype, name, descriptor);
  }
}

function resourceOf(controller: Type): string | undefined {
  return Reflect.getMetadata(RESOURCE, controller) as string | undefined;
}
