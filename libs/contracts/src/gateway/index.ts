import { z } from 'zod';
import { defineEndpoint } from '../index.js';

export const csrfToken = defineEndpoint({
  id: 'gateway.csrf.get',
  service: 'gateway',
  method: 'GET',
  path: '/api/v1/auth/csrf',
  summary: 'The token that a browser sends back as X-CSRF-Token with every change',
  access: 'public',
  response: z.strictObject({ token: z.string() }),
});

export const openApiDocument = defineEndpoint({
  id: 'gateway.openapi.get',
  service: 'gateway',
  method: 'GET',
  path: '/api/v1/openapi.json',
  summary: 'This API, described in OpenAPI 3.1',
  access: 'public',
  response: z.looseObject({ openapi: z.string() }),
});

/** Answered by the gateway itself. */
export const gatewayEndpoints = [csrfToken, openApiDocument] as const;
