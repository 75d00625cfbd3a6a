import { beforeAll, describe, expect, it } from '@jest/globals';
import { problem } from '#libs/contracts';
import { exampleOf } from '../isolation/example.js';
import { operationsOf, type Operation } from '../isolation/operations.js';
import { anAcademy } from '../support/academy.js';
import { type Site, type Answer, type Call } from '../support/platform.js';
import { z } from 'zod';

/** RFC 7644 3.12, with our code besides. */
const gotrueError = z.object({ code: z.number(), error_code: z.string(), msg: z.string() });
const oauthError = z.object({ error: z.string() });
const scimError = z.object({ schemas: z.tuple([z.string()]), status: z.string(), code: z.string() });

const ID = '0192f0c1-2f5e-7abc-8def-0123456789ab';

/** What a field can be besides what it should be. */
const oddities: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['a number', -1e308],
  ['a list', [[[]]]],
  ['an object', { a: { b: {} } }],
  ['a long text', 'x'.repeat(300_000)],
  ['a NUL byte', 'a\u0000b'],
  ['half a character', '\ud800'],
  ['SQL', `'; DROP SCHEMA courses CASCADE; --`],
];

/** Whatever comes in: a 4xx that says what is wrong, never a 500. Generated from the OpenAPI document. */
describe('bad input', () => {
  let owner: Site;
  let operations: Operation[];

  beforeAll(async () => {
    ({ owner } = await anAcademy(`bad-input-${Date.now().toString(36)}`));
    const all = await operationsOf(owner);
    operations = all
      // These would end the session that the rest is tried with.
      .filter(({ id }) => !/^auth\.session\.(delete|end)/.test(id))
      // The ways in are limited by address, and would soon say no more than that; auth's own suites try them.
      .filter(({ id, access }) => !(access === 'public' && id.startsWith('auth.')));
  }, 120_000);

  const pathOf = ({ path }: Operation, id = ID) =>
    path.replaceAll(/\{asset\}/g, 'logo').replaceAll(/\{[^}]+\}/g, id);
  const headers = { 'if-match': '"1"' };

  async function faultsOf(calls: readonly (Call & { readonly what: string })[]): Promise<string[]> {
    const faults: string[] = [];
    for (const { what, ...call } of calls) {
      const answer = await owner.call(call);
      if (isRefusal(answer) || answer.status < 300) continue;
      faults.push(`${what}: ${answer.status} ${answer.text.slice(0, 200)}`);
    }
    return faults;
  }

  it('is refused in every field of every body, with a code', async () => {
    const calls = operations.flatMap((operation) => {
      const { body, method, id } = operation;
      if (body === undefined) return [];
      const example = exampleOf(body, () => ID) as Record<string, unknown>;
      const fields = [...Object.keys(body.properties ?? {}), 'unknownField'];
      return fields.flatMap((field) =>
        oddities.map(([name, oddity]) => ({
          what: `${id} ${field} = ${name}`,
          ...{ method, headers, path: pathOf(operation), body: { ...example, [field]: oddity } },
        })),
      );
    });
    expect(calls.length).toBeGreaterThan(300);
    expect(await faultsOf(calls)).toEqual([]);
  }, 300_000);

  it('is refused as a whole body that is not JSON, not an object, poisoned or of another kind', async () => {
    const bodies: readonly (readonly [string, Buffer, string])[] = [
      ['malformed', Buffer.from('{"a":'), 'application/json'],
      ['broken UTF-8', Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]), 'application/json'],
      ['a list', Buffer.from('[1,2]'), 'application/json'],
      ['a poisoned prototype', Buffer.from('{"__proto__":{"role":"owner"}}'), 'application/json'],
      ['empty', Buffer.from(''), 'application/json'],
      ['another kind', Buffer.from('<a/>'), 'application/xml'],
    ];
    const calls = operations
      .filter(({ body }) => body !== undefined)
      .flatMap((operation) =>
        bodies.map(([name, body, type]) => ({
          what: `${operation.id} ${name}`,
          ...{
            method: operation.method,
            path: pathOf(operation),
            body,
            headers: { ...headers, 'content-type': type },
          },
        })),
      );
    const faults: string[] = [];
    for (const { what, ...call } of calls) {
      const answer = await owner.call(call);
      // Some bodies are optional, so that an empty one is a good one.
      if (!isRefusal(answer) && !(what.endsWith('empty') && answer.status < 300)) {
        faults.push(`${what}: ${answer.status}`);
      }
    }
    expect(faults).toEqual([]);
  }, 300_000);

  it('is refused as an id, a cursor or a query that is none', async () => {
    const odd = ['42', 'null', '%00', '%ff', '..%2f..%2fetc', 'x'.repeat(400), `${ID}'--`];
    const ids = operations
      .filter(({ pathParameters }) => pathParameters.some(({ schema }) => schema.format === 'uuid'))
      .flatMap((operation) =>
        odd.map((id) => ({
          what: `${operation.id} id ${id.slice(0, 20)}`,
          ...{ method: operation.method, path: pathOf(operation, id), headers },
          ...(operation.body === undefined ? {} : { body: exampleOf(operation.body, () => ID) }),
        })),
      );
    const queries = operations
      .filter(({ method }) => method === 'GET')
      .flatMap((operation) =>
        [
          'cursor=bm9uZQ',
          'cursor=%00',
          'limit=1e9',
          'limit=-1',
          'limit=a',
          'nothing=1',
          'q=%ff',
          'q[]=1&q=2',
        ].map((query) => ({
          what: `${operation.id} ?${query}`,
          ...{ method: operation.method, path: `${pathOf(operation)}?${query}` },
        })),
      );
    expect(await faultsOf([...ids, ...queries])).toEqual([]);
  }, 300_000);

  it('is refused when it is 50 MB, before it is read to the end', async () => {
    const answer = await owner.call({
      method: 'POST',
      path: '/api/v1/courses',
      headers: { 'content-type': 'application/json' },
      body: Buffer.alloc(50 * 1024 * 1024, 'x'),
    });
    expect(answer.status).toBe(413);
    expect(problem.parse(answer.json).code).toBe('request.too_large');
  });
});

function isRefusal({ status, json }: Answer): boolean {
  const isSaid = [problem, scimError, oauthError, gotrueError].some((shape) => shape.safeParse(json).success);
  return status >= 400 && status < 500 && status !== 429 && isSaid;
}
