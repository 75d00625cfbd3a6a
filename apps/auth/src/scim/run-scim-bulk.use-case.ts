import { Injectable } from '@nestjs/common';
import { MAX_BULK_OPERATIONS, scimSchemas } from '#libs/contracts/auth';
import { ProvisionGroup } from './provision-group.use-case.js';
import { ProvisionUser } from './provision-user.use-case.js';
import { attributesOf } from './scim-attributes.js';
import { ScimInvalid } from './scim.errors.js';
import { groupChangeOf, groupPatchOf, groupReplacementOf, groupVersionOf } from './scim-group.js';
import { changeOf, patchOf, replacementOf, versionOf, type ScimChange } from './scim-user.js';

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly bulkId: string | undefined;
  readonly version: string | undefined;
  readonly data: unknown;
}

interface Done {
  readonly status: string;
  readonly location?: string;
  readonly version?: string;
  readonly response?: unknown;
}

/** How a failure of one operation is told; undefined for one that ends them all. */
type Say = (error: unknown) => { readonly status: string } | undefined;

/** How many newcomers come in at once. */
const MANY = 100;
const PATH = /^\/(Users|Groups)(?:\/([^/]{1,200}))?$/;

/** Many operations, one after the other; each is done or refused by itself (RFC 7644 3.7). */
@Injectable()
export class RunScimBulk {
  constructor(
    private readonly users: ProvisionUser,
    private readonly groups: ProvisionGroup,
  ) {}

  /** @throws ScimInvalid */
  async execute(body: unknown, base: string, say: Say) {
    const given = attributesOf(body);
    const operations = given.get('operations');
    const failOn = Number(given.get('failonerrors') ?? Infinity);
    if (!Array.isArray(operations) || operations.length === 0) {
      throw new ScimInvalid('Operations must be a list.', 'invalidSyntax');
    }
    if (operations.length > MAX_BULK_OPERATIONS) {
      throw new ScimInvalid(`There are at most ${MAX_BULK_OPERATIONS} operations in one request.`, 'tooMany');
    }
    const made = new Map<string, string>();
    const results: Record<string, unknown>[] = [];
    let failures = 0;
    const read = (operations as unknown[]).map(operationOf);
    const ahead = new Map<Operation, Done>();
    for (const [place, operation] of read.entries()) {
      // Newcomers in a row come in together.
      if (isNewcomer(operation) && !ahead.has(operation) && place % MANY === 0) {
        await this.bringIn(read.slice(place, place + MANY), made, base, ahead);
      }
      const done = ahead.get(operation) ?? (await this.attempt(operation, made, base, say));
      const { method, bulkId } = operation;
      results.push({ method, ...(bulkId === undefined ? {} : { bulkId }), ...done });
      if (Number(done.status) >= 400) failures += 1;
      if (failures >= failOn) break;
    }
    return { schemas: [scimSchemas.bulkResponse], Operations: results };
  }

  /** Those at the head of these who are plainly new. What comes of everybody else is found out one by one. */
  private async bringIn(
    operations: readonly Operation[],
    made: Map<string, string>,
    base: string,
    done: Map<Operation, Done>,
  ): Promise<void> {
    const end = operations.findIndex((operation) => !isNewcomer(operation));
    const head = operations.slice(0, end === -1 ? operations.length : end);
    const changes = head.map(({ data }) => readable(data));
    if (changes.some((change) => change === null)) return;
    const people = await this.users.createMany(changes.filter((change) => change !== null));
    for (const [place, operation] of head.entries()) {
      const one = people[place];
      if (one === undefined || one === null) continue;
      const { id } = one.user;
      if (operation.bulkId !== undefined) made.set(operation.bulkId, id);
      done.set(operation, { status: '201', location: `${base}/Users/${id}`, version: versionOf(one) });
    }
  }

  private async attempt(
    operation: Operation,
    made: Map<string, string>,
    base: string,
    say: Say,
  ): Promise<Done> {
    try {
      return await this.run(operation, made, base);
    } catch (error) {
      const response = say(error);
      if (response === undefined) throw error;
      return { status: response.status, response };
    }
  }

  private async run(operation: Operation, made: Map<string, string>, base: string): Promise<Done> {
    const { method, bulkId, version } = operation;
    const match = PATH.exec(resolved(operation.path, made));
    if (match === null) throw new ScimInvalid('The path is /Users, /Groups or one of them.', 'invalidPath');
    const [, kind, id] = match;
    const data = withIds(operation.data, made);
    const done = (status: number, of: string, tag: string): Done => {
      if (bulkId !== undefined) made.set(bulkId, of);
      return { status: String(status), location: `${base}/${kind}/${of}`, version: tag };
    };
    if (method === 'POST' && id === undefined) {
      if (kind === 'Users') {
        const one = await this.users.create(changeOf(data));
        return done(201, one.user.id, versionOf(one));
      }
      const one = await this.groups.create(groupChangeOf(data));
      return done(201, one.team.id, groupVersionOf(one));
    }
    if (id === undefined) throw new ScimInvalid('The path needs an id.', 'invalidPath');
    if (method === 'DELETE') {
      await (kind === 'Users' ? this.users.remove(id) : this.groups.remove(id));
      return { status: '204', location: `${base}/${kind}/${id}` };
    }
    if (method !== 'PUT' && method !== 'PATCH') {
      throw new ScimInvalid('The method is not one of SCIM.', 'invalidSyntax');
    }
    if (kind === 'Users') {
      const change = method === 'PUT' ? replacementOf(data) : patchOf(data);
      const one = await this.users.update(id, change, version);
      return done(200, id, versionOf(one));
    }
    const change = method === 'PUT' ? groupReplacementOf(data) : groupPatchOf(data);
    const one = await this.groups.update(id, change, version);
    return done(200, id, groupVersionOf(one));
  }
}

function operationOf(given: unknown): Operation {
  const one = attributesOf(given);
  const text = (name: string) => {
    const value = one.get(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const method = (text('method') ?? '').toUpperCase();
  return {
    method,
    path: text('path') ?? '',
    bulkId: text('bulkid'),
    version: text('version'),
    data: one.get('data'),
  };
}

function isNewcomer({ method, path }: Operation): boolean {
  return method === 'POST' && path === '/Users';
}

/** Null for what is refused when it is looked at by itself. */
function readable(data: unknown): ScimChange | null {
  try {
    return changeOf(data);
  } catch (error) {
    if (error instanceof ScimInvalid) return null;
    throw error;
  }
}

/** `bulkId:x` stands for what the operation of that name made. */
function resolved(value: string, made: ReadonlyMap<string, string>): string {
  return value.replace(/bulkId:([^/\s"]{1,200})/g, (whole, name: string) => made.get(name) ?? whole);
}

const DEEPEST = 8;

function withIds(value: unknown, made: ReadonlyMap<string, string>, depth = 0): unknown {
  if (made.size === 0 || depth > DEEPEST) return value;
  if (typeof value === 'string') return value.startsWith('bulkId:') ? resolved(value, made) : value;
  if (Array.isArray(value)) return value.map((inner) => withIds(inner, made, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, withIds(inner, made, depth + 1)]),
  );
}
