import { z } from 'zod';
import { instant, page, text, uuid } from '../index.js';

/** RFC 7643 and RFC 7644. */
export const scimSchemas = {
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  enterpriseUser: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  list: 'urn:ietf:params:scim:api:messages:2.0:ListResponse',
  patch: 'urn:ietf:params:scim:api:messages:2.0:PatchOp',
  bulkResponse: 'urn:ietf:params:scim:api:messages:2.0:BulkResponse',
  error: 'urn:ietf:params:scim:api:messages:2.0:Error',
} as const;

export const MAX_SCIM_PAGE = 500;
export const MAX_BULK_OPERATIONS = 1_000;
export const MAX_BULK_BYTES = 4 * 1024 * 1024;

/** Names of attributes are not told apart by case (RFC 7643 2.1), and what is not known is left out: auth reads it by itself. */
export const scimBody = z.looseObject({});
export const scimAnswer = z.looseObject({});

const count = z.coerce.number().int().max(1_000_000);

export const scimListQuery = z.object({
  /** RFC 7644 3.4.2.2. */
  filter: z.string().min(1).max(2_000).optional(),
  /** From 1. What is less is 1. */
  startIndex: count.optional(),
  /** At most 500 are given. */
  count: count.optional(),
  attributes: z.string().max(2_000).optional(),
  excludedAttributes: z.string().max(2_000).optional(),
  sortBy: z.string().max(200).optional(),
  sortOrder: z.string().max(20).optional(),
});
export type ScimListQuery = z.output<typeof scimListQuery>;
export const scimShowQuery = scimListQuery.pick({ attributes: true, excludedAttributes: true });

export const scimSchemaId = z.enum([scimSchemas.user, scimSchemas.enterpriseUser, scimSchemas.group]);
export const scimResourceType = z.enum(['User', 'Group']);

export const scimToken = z.strictObject({
  id: uuid(),
  name: z.string(),
  /** What of the token may be shown. */
  prefix: z.string(),
  createdBy: uuid(),
  createdAt: instant(),
  expiresAt: instant().nullable(),
  /** To the minute or so. */
  lastUsedAt: instant().nullable(),
  status: z.enum(['active', 'expired', 'revoked']),
});
export type ScimToken = z.infer<typeof scimToken>;
export const scimTokenPage = page(scimToken);

export const newScimToken = z.strictObject({
  name: text(1, 100),
  expiresAt: instant().nullable().default(null),
});
export type NewScimToken = z.output<typeof newScimToken>;

/** How long the old token goes on: at most a week. */
export const scimTokenRotation = z.strictObject({
  graceSeconds: z
    .int()
    .min(0)
    .max(7 * 86_400)
    .default(86_400),
});

/** The only answer that ever holds the token itself. */
export const createdScimToken = z.strictObject({ ...scimToken.shape, token: z.string() });

export const scimStatus = z.strictObject({
  /** What an identity provider calls the tenant URL or base URL. */
  baseUrl: z.string(),
  lastRequestAt: instant().nullable(),
  /** People and teams that an identity provider looks after. */
  users: z.int(),
  groups: z.int(),
  /** What failed of late, newest first; at most 50. */
  failures: z.array(
    z.strictObject({
      at: instant(),
      operation: z.string(),
      status: z.int(),
      code: z.string(),
      detail: z.string(),
    }),
  ),
});
export type ScimStatus = z.infer<typeof scimStatus>;
