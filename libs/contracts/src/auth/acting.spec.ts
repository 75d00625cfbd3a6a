import { describe, expect, it } from '@jest/globals';
import type { Endpoint } from '../index.js';
import { authEndpoints } from './index.js';

describe('what is a person’s own', () => {
  const own = /password|\/sessions|\/api-keys/;
  const endpoints: readonly Endpoint[] = authEndpoints;
  const changes = endpoints.filter(
    ({ method, path, access }) =>
      method !== 'GET' &&
      own.test(path) &&
      access !== 'public' &&
      access !== 'operator' &&
      access !== 'service',
  );

  it('is refused while an operator acts as the person', () => {
    expect(changes.length).toBeGreaterThan(4);
    expect(changes.filter(({ personal }) => personal !== true).map(({ id }) => id)).toEqual([]);
  });
});
