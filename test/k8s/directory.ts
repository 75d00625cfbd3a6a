import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  addTenantDomain,
  changePlan,
  createTenant,
  suspendTenant,
  type Domain,
  type OperatorTenant,
} from '#libs/contracts/tenants';

const TOKEN = 'token-of-a-test';
const ROOT = '/api/v1/operator/tenants';
type Academy = { -readonly [K in keyof OperatorTenant]: OperatorTenant[K] };

interface Route {
  readonly slug: string | undefined;
  readonly verb: string | undefined;
  readonly host: string | undefined;
  readonly body: unknown;
}

/** The operator's API of a platform that holds nothing but names: what it takes and gives is as the contracts say. */
export class TestDirectory {
  readonly academies = new Map<string, Academy>();
  readonly domains = new Map<string, Domain[]>();
  /** `POST create`, `PATCH plan`, with the slug. */
  readonly writes: string[] = [];
  /** Hosts that belong to somebody else. */
  readonly taken = new Set<string>();
  private server: Server | undefined;

  async start(): Promise<void> {
    this.server = createServer((request, response) => {
      void this.answer(request, response);
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  get environment(): Record<string, string> {
    const { port } = this.server?.address() as AddressInfo;
    return {
      HARKA_URL: `http://127.0.0.1:${port}`,
      HARKA_BASE_DOMAIN: 'harka.example',
      HARKA_OPERATOR_TOKEN: TOKEN,
    };
  }

  /** As an operator would at the command line. */
  add(slug: string, plan: Academy['plan'] = 'starter', users = 0): Academy {
    const now = new Date().toISOString();
    const academy: Academy = {
      id: randomUUID(),
      slug,
      name: `Academy ${slug}`,
      plan,
      status: 'active',
      size: 0,
      tier: users > 1000 ? 'dedicated' : users > 100 ? 'medium' : 'small',
      shard: 'small-1',
      epoch: 1,
      host: `${slug}.harka.example`,
      pulse: null,
      createdAt: now,
      updatedAt: now,
    };
    this.academies.set(slug, academy);
    return academy;
  }

  change(slug: string, changes: Partial<Academy>): void {
    const academy = this.academies.get(slug);
    if (academy !== undefined) Object.assign(academy, changes, { updatedAt: new Date().toISOString() });
  }

  claim(slug: string, host: string): Domain {
    const domain: Domain = {
      host,
      kind: 'custom',
      state: 'pending',
      proof: { name: `_harka.${host}`, type: 'TXT', value: 'harka-verification=x' },
      verifiedAt: null,
      lastCheckedAt: null,
      createdAt: new Date().toISOString(),
    };
    this.domains.set(slug, [...(this.domains.get(slug) ?? []), domain]);
    return domain;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const url = new URL(request.url ?? '', 'http://directory');
    const allowed =
      request.headers.authorization === `Bearer ${TOKEN}` &&
      request.headers.host?.startsWith('admin.harka.example') === true;
    if (!allowed || !url.pathname.startsWith(ROOT)) {
      refuse(response, 401, 'auth.token_invalid');
      return;
    }
    const [slug, verb, host] = url.pathname
      .slice(ROOT.length + 1)
      .split('/')
      .map(decodeURIComponent);
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    this.route(request, response, url, { slug, verb, host, body });
  }

  private route(
    { method = '', headers }: IncomingMessage,
    response: ServerResponse,
    { searchParams }: URL,
    { slug, verb, host, body }: Route,
  ): void {
    if (slug === undefined || slug === '') {
      if (method === 'POST') this.create(response, body);
      else this.list(response, searchParams);
      return;
    }
    const academy = this.academies.get(slug);
    if (academy === undefined) {
      refuse(response, 404, 'tenant.not_found');
      return;
    }
    const etag = JSON.stringify(academy.updatedAt);
    if (method !== 'GET') this.writes.push(`${method} ${verb ?? 'plan'} ${slug}`);
    if (verb === 'domains') this.domain(method, slug, host, body, response);
    else if (method === 'PATCH') {
      if (headers['if-match'] !== etag) {
        refuse(response, 412, 'http.precondition_failed');
        return;
      }
      this.change(slug, { plan: changePlan.body.parse(body).plan });
      send(response, 200, academy);
    } else if (verb === 'suspend') {
      suspendTenant.body.parse(body);
      this.change(slug, { status: 'suspended' });
      send(response, 200, academy);
    } else if (verb === 'resume') {
      this.change(slug, { status: 'active' });
      send(response, 200, academy);
    } else {
      response.setHeader('etag', etag);
      send(response, 200, academy);
    }
  }

  private list(response: ServerResponse, query: URLSearchParams): void {
    const all = [...this.academies.values()].sort((a, b) => (a.slug < b.slug ? -1 : 1));
    const after = query.get('cursor');
    const from = after === null ? 0 : all.findIndex(({ slug }) => slug > after);
    const limit = Number(query.get('limit'));
    const items = from < 0 ? [] : all.slice(from, from + limit);
    const isLast = from < 0 || from + limit >= all.length;
    send(response, 200, { items, nextCursor: isLast ? null : (items.at(-1)?.slug ?? null) });
  }

  private create(response: ServerResponse, given: unknown): void {
    const body = createTenant.body.safeParse(given);
    if (!body.success) {
      refuse(response, 400, 'input.invalid');
      return;
    }
    const { slug, name, plan, expectedUsers } = body.data;
    this.writes.push(`POST create ${slug}`);
    const known = this.academies.get(slug);
    if (known !== undefined && (known.name !== name || known.plan !== plan)) {
      refuse(response, 409, 'tenant.slug_taken');
      return;
    }
    const academy = known ?? this.add(slug, plan, expectedUsers);
    academy.name = name;
    send(response, 201, academy);
  }

  private domain(
    method: string,
    slug: string,
    host: string | undefined,
    body: unknown,
    response: ServerResponse,
  ): void {
    const items = this.domains.get(slug) ?? [];
    if (method === 'GET') send(response, 200, { items });
    else if (method === 'DELETE') {
      this.domains.set(
        slug,
        items.filter((each) => each.host !== host),
      );
      response.writeHead(204).end();
    } else {
      const wanted = addTenantDomain.body.parse(body).host;
      if (this.taken.has(wanted)) refuse(response, 409, 'domain.taken');
      else send(response, 201, items.find((each) => each.host === wanted) ?? this.claim(slug, wanted));
    }
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function refuse(response: ServerResponse, status: number, code: string): void {
  const detail = `It was refused: ${code}.`;
  send(response, status, { type: 'about:blank', title: 'refused', status, code, detail, requestId: 'r' });
}
