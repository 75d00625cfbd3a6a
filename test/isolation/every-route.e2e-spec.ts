import { beforeAll, describe, expect, it } from '@jest/globals';
import { catalogFaults } from '#libs/database/testing';
import { Client } from 'pg';
import { Site, signIn, testPlatform, type Answer, type Call } from '../support/platform.js';
import { prepareNeighbours, type Neighbour, type Neighbours } from './neighbours.js';
import { exampleOf } from './example.js';
import { operationsOf, type Operation } from './operations.js';
import { pathsOf, possessionsOf, type Possessions } from './possessions.js';

/**
 * Two tenants on ONE shard, and every route that the OpenAPI document names: what is the other's is not there. A new route is covered without
 * writing anything; one whose ids cannot be found by reading fails the suite until they can.
 */
describe('every route, called as one tenant with what belongs to another', () => {
  let neighbours: Neighbours;
  let operations: Operation[];
  let theirs: Possessions;
  let stateBefore: string;

  beforeAll(async () => {
    neighbours = await prepareNeighbours();
    operations = await operationsOf(neighbours.mine.owner);
    const { owner, learner, interactionId } = neighbours.theirs;
    theirs = await possessionsOf([owner, learner], operations, { interactionId });
    stateBefore = await stateOf(neighbours.theirs.owner, operations);
  }, 300_000);

  it('has two tenants on one shard, and something to take in every place where an id can stand', () => {
    expect(neighbours.mine.shard).toBe(neighbours.theirs.shard);
    const places = operations.flatMap(({ pathParameters }) =>
      pathParameters.filter(({ schema }) => schema.enum === undefined).map(({ name }) => name),
    );
    expect([...new Set(places)].filter((name) => (theirs.ids.get(name)?.size ?? 0) === 0)).toEqual([]);
    expect(theirs.secrets.size).toBeGreaterThan(50);
  });

  it('gives nothing of the other, whatever id, and changes nothing there', async () => {
    expect(await leaksOf(neighbours.mine, theirs, operations)).toEqual([]);
    expect(await stateOf(neighbours.theirs.owner, operations)).toBe(stateBefore);
  }, 300_000);

  it("refuses the other's token, cookie and key at my host, on every route", async () => {
    const { mine, theirs: other } = neighbours;
    const here = new Site(mine.slug);
    const strangers: Record<string, Site> = {
      token: here.with(other.bearer),
      cookie: here.with({ cookie: other.cookies }),
      key: here.with({ 'x-api-key': other.apiKeyText }),
    };
    const accepted: string[] = [];
    for (const operation of operations) {
      for (const [name, site] of Object.entries(strangers)) {
        // With a body that would do, so that it is not its shape that is refused.
        const [path = operation.path] = pathsOf(operation, theirs.ids);
        const { status } = await site.call(callOf(operation, path, theirs));
        const isPublic = operation.access === 'public';
        // A foreign cookie on a public route is only somebody who is not signed in.
        if (isPublic && name === 'cookie') continue;
        if (status !== 401 && status !== 403) accepted.push(`${name}: ${operation.id}: ${status}`);
      }
    }
    expect(accepted).toEqual([]);
  }, 300_000);

  it('lets nobody in who is not signed in', async () => {
    const nobody = new Site(neighbours.mine.slug);
    const open: string[] = [];
    for (const operation of operations.filter(({ access }) => access !== 'public')) {
      const [path = operation.path] = pathsOf(operation, theirs.ids);
      const { status } = await nobody.call(callOf(operation, path, theirs));
      if (status !== 401) open.push(`${operation.id}: ${status}`);
    }
    expect(open).toEqual([]);
  }, 120_000);

  it('keeps the routes between services from everybody outside', async () => {
    const { mine } = neighbours;
    const inner = ['/internal/v1/users/digest', '/internal/v1/courses/digest', '/internal/v1/users/import'];
    for (const path of inner) expect((await mine.owner.call({ path })).status).toBe(404);
  });

  it('finds no table of any shard that forgot its policy', async () => {
    for (const { url } of testPlatform().shards) expect(await catalogFaults(url)).toEqual([]);
  });

  it('would notice: with the policies of one table gone, both the catalogue and the routes tell', async () => {
    const shard = testPlatform().shards.find(({ name }) => name === neighbours.mine.shard);
    const admin = new Client({ connectionString: shard?.url });
    await admin.connect();
    try {
      await admin.query('ALTER TABLE courses.courses DISABLE ROW LEVEL SECURITY');
      expect(await catalogFaults(shard?.url ?? '')).not.toEqual([]);
      expect(await leaksOf(neighbours.mine, theirs, operations)).not.toEqual([]);
    } finally {
      await admin.query('ALTER TABLE courses.courses ENABLE ROW LEVEL SECURITY');
      await admin.end();
    }
  }, 300_000);

  it('still works for its own people after all that', async () => {
    const again = await signIn(
      neighbours.theirs.slug,
      neighbours.theirs.ownerEmail,
      neighbours.theirs.password,
    );
    expect((await again.call({ path: '/api/v1/auth/me' })).status).toBe(200);
  });
});

/** Tries every route with every kind of credential that I have, and every id that is theirs. */
async function leaksOf(
  mine: Neighbour,
  theirs: Possessions,
  operations: readonly Operation[],
): Promise<string[]> {
  const attackers = { owner: mine.owner, learner: mine.learner, key: mine.apiKey };
  const leaks: string[] = [];
  for (const operation of operations.filter(isSafeToTry)) {
    for (const path of pathsOf(operation, theirs.ids)) {
      for (const [name, site] of Object.entries(attackers)) {
        const call = callOf(operation, path, theirs);
        const answer = await site.call(call);
        const hasForeignId = operation.pathParameters.some(({ schema }) => schema.enum === undefined);
        const fault = faultOf(call, answer, hasForeignId, theirs.secrets);
        if (fault !== undefined) leaks.push(`${name}: ${operation.id} ${path}: ${fault}`);
      }
    }
  }
  return leaks;
}

/** Calls without an id of the other that would end the attacker's own session or account prove nothing here. */
function isSafeToTry({ id, method, pathParameters }: Operation): boolean {
  if (method === 'GET' || pathParameters.length > 0) return true;
  return !/^auth\.(session|password|me|registration|invitation\.accept)/.test(id);
}

function callOf(
  { method, body, isUpload, requiredQuery }: Operation,
  path: string,
  { ids }: Possessions,
): Call {
  const pool = [...ids.values()].flatMap((values) => [...values].filter((value) => value.length === 36));
  let next = 0;
  const id = () => pool[next++ % pool.length] ?? '';
  const query = new URLSearchParams(
    requiredQuery.map(({ name, schema }): [string, string] => [name, String(exampleOf(schema, id))]),
  );
  return {
    method,
    path: query.size === 0 ? path : `${path}?${query.toString()}`,
    ...(method === 'GET' ? {} : { headers: { 'if-match': '"1"' } }),
    ...(isUpload
      ? { body: Buffer.from('plain text') }
      : body === undefined
        ? {}
        : { body: exampleOf(body, id) }),
  };
}

function faultOf(
  call: Call,
  answer: Answer,
  hasForeignId: boolean,
  secrets: ReadonlySet<string>,
): string | undefined {
  if (answer.status === 429 || answer.status >= 500) {
    return `answers ${answer.status}: ${answer.text.slice(0, 200)}`;
  }
  if (hasForeignId && answer.status < 300) return `answers ${answer.status} to an id of the other`;
  const sent = call.path + JSON.stringify(call.body ?? '');
  const seen = [...secrets].find((secret) => answer.text.includes(secret) && !sent.includes(secret));
  return seen === undefined ? undefined : `shows ${seen}`;
}

/** What the tenant's owner sees of it, without what changes by looking. */
async function stateOf(owner: Site, operations: readonly Operation[]): Promise<string> {
  const volatile = /^(gateway|insights)\.|session|signing_key|api_key/;
  const isMoment = /At$|^(asOf|requestId)$/;
  const lists = operations.filter(
    ({ method, id, pathParameters }) => method === 'GET' && pathParameters.length === 0 && !volatile.test(id),
  );
  const answers = await Promise.all(
    lists.map(async ({ id, path }) => {
      const { json } = await owner.call({ path });
      return [id, JSON.stringify(json, (key, value: unknown) => (isMoment.test(key) ? undefined : value))];
    }),
  );
  return JSON.stringify(answers);
}
