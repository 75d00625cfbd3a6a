import { randomUUID } from 'node:crypto';
import { URLSearchParams } from 'node:url';
import pg from 'pg';
import { Pool } from 'undici';
import { keyPair } from '../support/peers/key-pair.mjs';
import { idOf, provision } from './academies.mjs';
import { cpuOf, cpuOfPostgres } from './cpu.mjs';
import { median } from './interleave.mjs';
import { QuickIdp, QuickOp } from './signing-providers.mjs';

const SLUG = 'bench-sign-ins';
/** Who signs in, again and again: as many as make it rare that one of them takes two turns at once. */
const PEOPLE = 200;
const AT_ONCE = 16;
const ADDRESSES = 32;

/**
 * Sign-ins through the gateway from what the browser brings to the session that it gets, and people by SCIM one by one. What
 * providers do is done before the clock runs, but for the OpenID token, which is asked for within the sign-in.
 */
export async function measureSignIns(platform, { port, rounds, each, say }) {
  const pool = new Neighbourhood(platform.baseUrl);
  const pair = await keyPair('idp.bench.example');
  const op = await QuickOp.start(pair, port);
  try {
    const academy = await anAcademy(platform, pool);
    const variants = [
      await samlVariant(academy, pair),
      await oidcVariant(academy, op),
      await scimVariant(academy),
      await meVariant(academy),
    ];
    say(`Measuring: ${rounds} rounds of ${variants.length} slices of ${each} …`);
    const results = new Map(variants.map(({ name }) => [name, []]));
    for (let round = 0; round <= rounds; round += 1) {
      for (const variant of variants) {
        const measured = await slice(platform, variant, each);
        // The first round warms up: statements are prepared, code is compiled.
        if (round > 0) results.get(variant.name).push(measured);
      }
    }
    return [...results].map(([name, slices]) => ({
      name,
      perSecond: median(slices.map(({ perSecond }) => perSecond)),
      p50Ms: median(slices.map(({ p50 }) => p50)),
      p99Ms: median(slices.map(({ p99 }) => p99)),
      cpuMs: median(slices.map(({ cpu }) => cpu)),
      postgresCpuMs: median(slices.map(({ postgres }) => postgres)),
    }));
  } finally {
    await op.close();
    await pool.close();
  }
}

/** Browsers of many addresses, since what one address may ask without signing in is limited. All of 127/8 is this machine. */
class Neighbourhood {
  #pools;
  #next = 0;

  constructor(baseUrl) {
    this.#pools = Array.from({ length: ADDRESSES }, (_, index) => {
      const localAddress = `127.${1 + (process.pid % 200)}.${index >> 8}.${1 + (index & 127)}`;
      return new Pool(baseUrl, { connections: 2, localAddress });
    });
  }

  request(options) {
    this.#next = (this.#next + 1) % this.#pools.length;
    return this.#pools[this.#next].request(options);
  }

  async close() {
    await Promise.all(this.#pools.map((pool) => pool.close()));
  }
}

/** Prepares so many, then does them at once, a few at a time. */
async function slice({ pid, postgresFolder }, { name, prepare, run }, count) {
  const jobs = [];
  for (let index = 0; index < count; index += 1) jobs.push(await prepare(index));
  const [cpuBefore, postgresBefore] = [cpuOf(pid), cpuOfPostgres(postgresFolder)];
  const taken = [];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let job = jobs.pop(); job !== undefined; job = jobs.pop()) {
        const start = performance.now();
        await run(job);
        taken.push(performance.now() - start);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  if (taken.length !== count) throw new Error(`${name}: ${taken.length} of ${count}`);
  taken.sort((one, other) => one - other);
  return {
    perSecond: count / seconds,
    ...{ p50: taken[Math.floor(count / 2)], p99: taken[Math.floor(count * 0.99)] },
    cpu: (cpuOf(pid) - cpuBefore) / 1000 / count,
    postgres: (cpuOfPostgres(postgresFolder) - postgresBefore) / 1000 / count,
  };
}

async function samlVariant(academy, pair) {
  const idp = new QuickIdp(pair);
  const body = { kind: 'saml', name: 'SAML', saml: { metadataXml: idp.metadata() } };
  const respond = (id, question, email) =>
    idp.respond(question, {
      audience: academy.at(`/auth/saml/${id}/metadata`),
      acs: academy.at(`/auth/saml/${id}/acs`),
      email,
    });
  const post = (id, response) => academy.post(`/auth/saml/${id}/acs`, response);
  const { id } = await academy.connection(body, (question, own) =>
    post(own, respond(own, question, 'tester@bench.example')),
  );
  return {
    name: 'SAML sign-in',
    prepare: async (index) => {
      const { cookie, question } = await academy.start(id);
      return { cookie, response: respond(id, question, emailOf(index)) };
    },
    run: async ({ cookie, response }) => academy.finish(await post(id, response), cookie),
  };
}

async function oidcVariant(academy, op) {
  const { issuer, clientId, clientSecret } = op;
  const body = { kind: 'oidc', name: 'OIDC', oidc: { issuer, clientId, clientSecret } };
  const { id } = await academy.connection(body, async (question) =>
    academy.get(op.browse(question, 'tester@bench.example')),
  );
  return {
    name: 'OpenID callback',
    prepare: async (index) => {
      const { cookie, question } = await academy.start(id);
      return { cookie, path: op.browse(question, `oidc-${emailOf(index)}`) };
    },
    run: async ({ cookie, path }) => academy.finish(await academy.get(path), cookie),
  };
}

async function scimVariant(academy) {
  const { token } = await academy.owner('POST', '/api/v1/scim/tokens', { name: 'Bench' });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' };
  return {
    name: 'SCIM: make a person',
    prepare: async () => `${randomUUID()}@bench.example`,
    run: async (userName) => {
      const body = JSON.stringify({
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
        ...{ userName, active: true, name: { givenName: 'Some', familyName: 'Body' } },
      });
      const { status, text } = await academy.call('POST', '/scim/v2/Users', { headers, body });
      if (status !== 201) throw new Error(`SCIM answers ${status}: ${text}`);
    },
  };
}

/** What any call costs on the way through the gateway: to hold the others against. */
async function meVariant(academy) {
  const headers = { authorization: academy.authorization };
  return {
    name: 'GET /api/v1/tenant',
    prepare: async () => null,
    run: async () => {
      const { status, text } = await academy.call('GET', '/api/v1/tenant', { headers });
      if (status !== 200) throw new Error(`GET /api/v1/tenant answers ${status}: ${text}`);
    },
  };
}

async function anAcademy(platform, pool) {
  const { academies } = await provision(platform, [`${SLUG}-${Date.now().toString(36)}`]);
  const [{ id: tenantId, slug, shard }] = academies;
  const host = `${slug}.localhost:${new URL(platform.baseUrl).port}`;
  const ownerId = idOf('user', slug, 0);
  await addOwner(platform.shards.find(({ name }) => name === shard).url, tenantId, ownerId);
  const authorization = `Bearer ${await platform.tokenFor(tenantId, ownerId, 'owner')}`;

  const call = async (method, path, { headers = {}, body } = {}) => {
    const answer = await pool.request({ method, path, headers: { host, ...headers }, body });
    return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() };
  };
  const locationOf = ({ status, headers, text }) => {
    if (status !== 303) throw new Error(`A redirect was expected, not ${status}: ${text}`);
    return headers.location;
  };
  const owner = async (method, path, body) => {
    const headers = { authorization, 'content-type': 'application/json' };
    const { status, text } = await call(method, path, {
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (status >= 300) throw new Error(`${method} ${path} answers ${status}: ${text}`);
    return JSON.parse(text);
  };
  const start = async (id, query = '') => {
    const answer = await call('GET', `/auth/sso/${id}/start${query}`);
    const [cookie] = [answer.headers['set-cookie']].flat();
    return { question: locationOf(answer), cookie: cookie.split(';')[0] };
  };
  return {
    ...{ authorization, call, owner, start },
    at: (path) => `http://${host}${path}`,
    get: async (path) => locationOf(await call('GET', path)),
    post: async (path, response) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const body = new URLSearchParams({ SAMLResponse: response }).toString();
      return locationOf(await call('POST', path, { headers, body }));
    },
    /** In the browser that began: the session is what was to be had. */
    finish: async (location, cookie) => {
      const answer = await call('GET', location, { headers: { cookie } });
      const cookies = [answer.headers['set-cookie'] ?? []].flat();
      if (answer.status !== 303 || cookies.length < 2)
        throw new Error(`No session: ${answer.status} ${location} ${answer.headers.location}`);
    },
    /** Set up, tested by `answer`, and enabled. */
    connection: async (settings, answer) => {
      const provisioning = { mode: 'create', emailDomains: 'any' };
      const body = { id: randomUUID(), provisioning, ...settings };
      const { id } = await owner('POST', '/api/v1/sso/connections', body);
      const { startUrl } = await owner('POST', `/api/v1/sso/connections/${id}/test`);
      const { question } = await start(id, new URL(startUrl).search);
      await answer(question, id);
      return owner('POST', `/api/v1/sso/connections/${id}/enable`);
    },
  };
}

async function addOwner(url, tenantId, id) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `INSERT INTO auth.users (tenant_id, id, email, name, role, status, version, created_at, updated_at)
     VALUES ($1, $2, 'owner@bench.example', 'The owner', 'owner', 'active', 1, now(), now())`,
    [tenantId, id],
  );
  await client.end();
}

function emailOf(index) {
  return `person-${index % PEOPLE}@bench.example`;
}
