import { describe, expect, it } from '@jest/globals';
import { edgeRoutes, endpointsOn } from '../edge/route-table.js';
import { docsPage } from './docs-page.js';
import { openApiDocument } from './openapi-document.js';

const member = openApiDocument(endpointsOn('tenant'), 'tenant');
const operator = openApiDocument(endpointsOn('operator'), 'operator');
const operationsOf = (document: typeof member) =>
  Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ path, method, ...operation })),
  );

describe(openApiDocument.name, () => {
  it('describes every route of its host, and no other', () => {
    const ids = new Set(
      operationsOf(member).map(({ operationId }) => operationId.replace(/\.alias_\d+$/, '')),
    );
    expect(ids).toEqual(new Set(endpointsOn('tenant').map(({ id }) => id)));
    expect(operationsOf(member).some(({ path }) => path.startsWith('/api/v1/operator/'))).toBe(false);
    expect(operationsOf(operator).every(({ path }) => !path.startsWith('/api/v1/courses'))).toBe(true);
  });

  it('never mentions what only services may call', () => {
    for (const document of [member, operator]) {
      expect(operationsOf(document).every(({ path }) => !path.startsWith('/internal/'))).toBe(true);
    }
    expect(edgeRoutes.some(({ endpoint }) => endpoint.access === 'service')).toBe(false);
  });

  it('gives each operation an id of its own, its access, and a parameter for each place in its path', () => {
    for (const document of [member, operator]) {
      const operations = operationsOf(document);
      expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
      for (const { path, parameters = [], ...operation } of operations) {
        expect(operation['x-harka-access']).not.toBe('');
        const named = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name).sort();
        const described = parameters
          .filter(({ in: place }) => place === 'path')
          .map(({ name }) => name)
          .sort();
        expect([path, described]).toEqual([path, named]);
      }
    }
  });

  it('asks for a credential unless the route is public', () => {
    const credentialOf: Readonly<Record<string, unknown>> = {
      public: [{}],
      scim: [{ scim: [] }],
      oauth: [{ app: [] }, { appToken: [] }],
    };
    for (const operation of operationsOf(member)) {
      expect(operation.security).toEqual(
        credentialOf[operation['x-harka-access']] ?? [{ session: [] }, { bearer: [] }, { apiKey: [] }],
      );
    }
  });

  it('keeps the exact paths of the founding documents', () => {
    for (const path of ['/api/auth/register', '/api/auth/login', '/api/auth/logout', '/api/auth/me']) {
      expect(member.paths).toHaveProperty([path]);
    }
  });

  it('is JSON through and through', () => {
    expect(JSON.parse(JSON.stringify(member))).toEqual(member);
  });
});

describe(docsPage.name, () => {
  it('can be read without scripts, and shows every route', () => {
    const page = docsPage(member, null, 'n0nce');
    expect(page).not.toContain('<script');
    for (const path of Object.keys(member.paths)) expect(page).toContain(`<code>${path}</code>`);
  });
});
