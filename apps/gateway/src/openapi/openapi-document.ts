import { problem, type Endpoint } from '#libs/contracts';
import { sessionCookies } from '#libs/contracts/auth';
import { z } from 'zod';
import type { Surface } from '../edge/route-table.js';

export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, unknown>>;
}

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, unknown>>;
  /** Who may call it: `public`, `member`, `operator` or a permission. */
  readonly 'x-harka-access': string;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: unknown;
}

/** This API as OpenAPI 3.1, from the contracts alone: what is not in a contract does not exist, and the other way round. */
export function openApiDocument(endpoints: readonly Endpoint[], surface: Surface): OpenApiDocument {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const endpoint of endpoints) {
    for (const [index, path] of [endpoint.path, ...(endpoint.aliases ?? [])].entries()) {
      const template = path.replaceAll(/:([A-Za-z]+)/g, '{$1}');
      paths[template] ??= {};
      paths[template][endpoint.method.toLowerCase()] = operation(endpoint, surface, index);
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: surface === 'operator' ? 'Harka operator API' : 'Harka API',
      version: '1',
      description:
        'Errors are application/problem+json (RFC 9457) with a stable dotted code. Lists page by cursor. Changes take an Idempotency-Key.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(endpoints.map(({ service }) => service))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, 'output') },
      responses: {
        Problem: {
          description: 'It did not work; `code` tells why',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: sessionCookies('https').session },
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        ...(surface === 'tenant'
          ? {
              apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
              scim: { type: 'http', scheme: 'bearer', description: 'The token of an identity provider' },
              app: { type: 'http', scheme: 'basic', description: 'An app with its client secret' },
              appToken: { type: 'http', scheme: 'bearer', description: 'The access token of an app' },
            }
          : {}),
      },
    },
  };
}

function operation(endpoint: Endpoint, surface: Surface, alias: number): Operation {
  const parameters = [
    ...parametersOf(endpoint.params, 'path'),
    ...parametersOf(endpoint.query, 'query'),
    ...headersOf(endpoint),
  ];
  const requestBody = bodyOf(endpoint);
  return {
    operationId: alias === 0 ? endpoint.id : `${endpoint.id}.alias_${alias}`,
    summary: endpoint.summary,
    tags: [endpoint.service],
    security: securityOf(endpoint, surface),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(requestBody === null ? {} : { requestBody }),
    responses: {
      [String(statusOf(endpoint))]: successOf(endpoint),
      default: { $ref: '#/components/responses/Problem' },
    },
    'x-harka-access': endpoint.access,
  };
}

function statusOf({ status, response, download }: Endpoint): number {
  return status ?? (response === null && download !== true ? 204 : 200);
}

function securityOf({ access }: Endpoint, surface: Surface): Operation['security'] {
  if (access === 'public') return [{}];
  if (access === 'scim') return [{ scim: [] }];
  if (access === 'oauth') return [{ app: [] }, { appToken: [] }];
  return [{ session: [] }, { bearer: [] }, ...(surface === 'tenant' ? [{ apiKey: [] }] : [])];
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): Parameter[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, unknown>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function headersOf({ ifMatch, method, upload }: Endpoint): Parameter[] {
  const header = (name: string, required: boolean): Parameter => ({
    name,
    in: 'header',
    required,
    schema: { type: 'string', maxLength: 200 },
  });
  return [
    ...(ifMatch === true ? [header('If-Match', true)] : []),
    ...(method !== 'GET' && upload !== true ? [header('Idempotency-Key', false)] : []),
  ];
}

function bodyOf({ upload, body }: Endpoint): unknown {
  if (upload === true) return { required: true, content: { 'application/octet-stream': {} } };
  if (body === undefined) return null;
  const required = !body.safeParse({}).success;
  return { required, content: { 'application/json': { schema: schemaOf(body, 'input') } } };
}

function successOf({ response, download, etag, summary }: Endpoint): unknown {
  const headers = etag === true ? { headers: { ETag: { schema: { type: 'string' } } } } : {};
  if (download === true) return { description: summary, ...headers, content: { '*/*': {} } };
  if (response === null) return { description: summary, ...headers };
  return {
    description: summary,
    ...headers,
    content: { 'application/json': { schema: schemaOf(response, 'output') } },
  };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): unknown {
  const written: Record<string, unknown> = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  // Every schema of an OpenAPI 3.1 document is of this dialect; it need not say so.
  delete written['$schema'];
  return written;
}
