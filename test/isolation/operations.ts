import type { Site } from '../support/platform.js';

/** The part of JSON Schema (2020-12) that our contracts come out as. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Described {
  readonly operationId: string;
  readonly 'x-harka-access': string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
  readonly responses?: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One route as the OpenAPI document describes it. */
export interface Operation {
  readonly id: string;
  readonly method: Method;
  /** With `{name}` for parameters. */
  readonly path: string;
  readonly access: string;
  readonly pathParameters: readonly Parameter[];
  readonly requiredQuery: readonly Parameter[];
  /** Undefined where no JSON is expected. */
  readonly body: Schema | undefined;
  readonly isUpload: boolean;
  /** It answers with something else than JSON. */
  readonly isDownload: boolean;
}

/** Every operation of the document that the host publishes. */
export async function operationsOf(site: Site): Promise<Operation[]> {
  const document = await site.get<{ paths: Record<string, Record<string, Described>> }>(
    '/api/v1/openapi.json',
  );
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]): Operation => {
      const { operationId: id, parameters = [], requestBody, responses } = described;
      const json = requestBody?.content['application/json'];
      return {
        id,
        method: method.toUpperCase() as Method,
        path,
        access: described['x-harka-access'],
        pathParameters: parameters.filter((parameter) => parameter.in === 'path'),
        requiredQuery: parameters.filter(({ in: place, required }) => place === 'query' && required === true),
        body: json?.schema,
        isUpload: requestBody !== undefined && json === undefined,
        isDownload: responses?.['200']?.content?.['*/*'] !== undefined,
      };
    }),
  );
}
