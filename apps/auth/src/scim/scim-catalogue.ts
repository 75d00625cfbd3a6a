import { MAX_BULK_BYTES, MAX_BULK_OPERATIONS, MAX_SCIM_PAGE, scimSchemas } from '#libs/contracts/auth';

const META = 'urn:ietf:params:scim:schemas:core:2.0:';

/** RFC 7643 5. */
export function serviceProviderConfig(base: string) {
  return {
    schemas: [`${META}ServiceProviderConfig`],
    patch: { supported: true },
    bulk: { supported: true, maxOperations: MAX_BULK_OPERATIONS, maxPayloadSize: MAX_BULK_BYTES },
    filter: { supported: true, maxResults: MAX_SCIM_PAGE },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer token',
        description: 'A token that an administrator of the academy makes.',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${base}/ServiceProviderConfig` },
  };
}

export function resourceTypes(base: string) {
  const typeOf = (name: 'User' | 'Group', description: string, extensions: readonly string[]) => ({
    schemas: [`${META}ResourceType`],
    ...{ id: name, name, description, endpoint: `/${name}s` },
    schema: name === 'User' ? scimSchemas.user : scimSchemas.group,
    schemaExtensions: extensions.map((schema) => ({ schema, required: false })),
    meta: { resourceType: 'ResourceType', location: `${base}/ResourceTypes/${name}` },
  });
  return [
    typeOf('User', 'A person of the academy', [scimSchemas.enterpriseUser]),
    typeOf('Group', 'A team of the academy', []),
  ];
}

interface AttributeOptions {
  readonly type?: 'string' | 'boolean' | 'complex' | 'reference';
  readonly multiValued?: boolean;
  readonly required?: boolean;
  readonly caseExact?: boolean;
  readonly mutability?: 'readWrite' | 'readOnly';
  readonly uniqueness?: 'none' | 'server';
  readonly subAttributes?: readonly unknown[];
}

function attribute(name: string, description: string, options: AttributeOptions = {}) {
  const shared = { multiValued: false, required: false, caseExact: false, mutability: 'readWrite' };
  return {
    name,
    type: 'string',
    description,
    ...shared,
    returned: 'default',
    uniqueness: 'none',
    ...options,
  };
}

/** RFC 7643 7: exactly what is kept, and nothing that is not. */
export function schemaDocuments(base: string) {
  const documentOf = (id: string, name: string, description: string, attributes: readonly unknown[]) => ({
    schemas: [`${META}Schema`],
    ...{ id, name, description, attributes },
    meta: { resourceType: 'Schema', location: `${base}/Schemas/${id}` },
  });
  const readOnly = { mutability: 'readOnly' } as const;
  return [
    documentOf(scimSchemas.user, 'User', 'A person of the academy', [
      attribute('userName', 'The name at the identity provider', { required: true, uniqueness: 'server' }),
      attribute('externalId', 'The id at the identity provider', { caseExact: true }),
      attribute('displayName', 'What the person is called'),
      attribute('name', 'The parts of the name', {
        type: 'complex',
        subAttributes: [
          attribute('formatted', 'The whole name'),
          attribute('givenName', 'First name'),
          attribute('familyName', 'Last name'),
        ],
      }),
      attribute('title', 'The position'),
      attribute('preferredLanguage', 'A language tag'),
      attribute('active', 'Whether the person may sign in', { type: 'boolean' }),
      attribute('emails', 'One address is kept: the primary one, or that of work', {
        type: 'complex',
        multiValued: true,
        subAttributes: [
          attribute('value', 'The address', { uniqueness: 'server' }),
          attribute('type', 'work'),
          attribute('primary', 'true', { type: 'boolean' }),
        ],
      }),
      attribute('roles', 'Given in the academy alone', {
        type: 'complex',
        multiValued: true,
        ...readOnly,
        subAttributes: [attribute('value', 'The role', readOnly)],
      }),
      attribute('groups', 'Changed at the groups', {
        type: 'complex',
        multiValued: true,
        ...readOnly,
        subAttributes: [
          attribute('value', 'Id of the group', readOnly),
          attribute('display', 'Its name', readOnly),
        ],
      }),
    ]),
    documentOf(scimSchemas.enterpriseUser, 'EnterpriseUser', 'The place in the enterprise', [
      attribute('department', 'The department'),
      attribute('manager', 'The manager', {
        type: 'complex',
        subAttributes: [attribute('value', 'Id of the manager', { caseExact: true })],
      }),
    ]),
    documentOf(scimSchemas.group, 'Group', 'A team of the academy', [
      attribute('displayName', 'The name of the team', { required: true, uniqueness: 'server' }),
      attribute('externalId', 'The id at the identity provider', { caseExact: true }),
      attribute('members', 'The people in it', {
        type: 'complex',
        multiValued: true,
        subAttributes: [
          attribute('value', 'Id of the person', { caseExact: true }),
          attribute('display', 'Name of the person', readOnly),
        ],
      }),
    ]),
  ];
}
