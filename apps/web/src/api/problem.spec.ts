import { describe, expect, it } from '@jest/globals';
import { problemOf } from './problem.js';

describe(problemOf.name, () => {
  it('reads code, detail, faults and the time to wait', async () => {
    const body = {
      code: 'request.invalid',
      detail: 'Check the fields.',
      requestId: 'r-1',
      errors: [{ pointer: '/email', code: 'invalid', detail: 'Not an address.' }],
    };
    const response = new Response(JSON.stringify(body), { status: 422, headers: { 'retry-after': '30' } });
    await expect(problemOf(response)).resolves.toMatchObject({
      status: 422,
      code: 'request.invalid',
      detail: 'Check the fields.',
      requestId: 'r-1',
      retryAfterSeconds: 30,
      errors: [{ pointer: '/email' }],
    });
  });

  it.each(['<html>Bad gateway</html>', '', 'null', '[]', '{"errors":"no list","code":7}'])(
    'makes do with whatever a proxy sent: %j',
    async (body) => {
      const problem = await problemOf(
        new Response(body, { status: 502, headers: { 'x-request-id': 'r-2' } }),
      );
      expect(problem).toMatchObject({
        status: 502,
        code: 'network.unreadable',
        requestId: 'r-2',
        errors: [],
      });
    },
  );
});
