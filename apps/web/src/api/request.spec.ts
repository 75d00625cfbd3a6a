import { describe, expect, it } from '@jest/globals';
import { newUuid, urlOf } from './request.js';

describe(urlOf.name, () => {
  it('fills parameters in, each one encoded', () => {
    expect(urlOf('/a/:one/b/:two', { one: '../x', two: 'ü' })).toBe('/a/..%2Fx/b/%C3%BC');
  });

  it('leaves out what the query does not say', () => {
    expect(urlOf('/a', {}, { q: 'fire & water', limit: 20, cursor: undefined, role: null, status: '' })).toBe(
      '/a?q=fire+%26+water&limit=20',
    );
  });

  it('refuses a path with a hole in it', () => {
    expect(() => urlOf('/a/:id')).toThrow('/a/:id needs id');
  });
});

describe(newUuid.name, () => {
  it('makes version 4 ids that do not repeat', () => {
    const ids = new Set(Array.from({ length: 200 }, newUuid));
    expect(ids.size).toBe(200);
    for (const id of ids) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });
});
