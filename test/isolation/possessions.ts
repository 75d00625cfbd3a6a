import type { Site } from '../support/platform.js';
import type { Operation } from './operations.js';

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** What a tenant has: all that its own people can read by its own API. */
export interface Possessions {
  /** Ids that may stand in a path, by the name of the parameter. */
  readonly ids: ReadonlyMap<string, ReadonlySet<string>>;
  /** What nobody else may ever see: every id that was read. Names and addresses are the same on both sides, on purpose. */
  readonly secrets: ReadonlySet<string>;
}

/** Lists within an answer, by what their items' `id` stands for. */
const partsOf: Readonly<Record<string, string>> = {
  lessons: 'lessonId',
  passkeys: 'passkeyId',
  trustedDevices: 'trustedDeviceId',
};

const TRIED = 3;

/** Reads everything that these people of one tenant can read, following ids into paths. */
export async function possessionsOf(
  sites: readonly Site[],
  operations: readonly Operation[],
  /** Ids that no list shows, by the name of the parameter. */
  unlisted: Readonly<Record<string, string>> = {},
): Promise<Possessions> {
  const ids = new Map(Object.entries(unlisted).map(([name, id]) => [name, new Set([id])]));
  const secrets = new Set<string>();
  const names = new Set(operations.flatMap(({ pathParameters }) => pathParameters.map(({ name }) => name)));
  const reads = operations.filter(({ method, id }) => method === 'GET' && !id.startsWith('gateway.'));
  const done = new Set<string>();
  // What the first round finds opens the paths of the second, and so on: enrolments, then their lessons.
  for (let round = 0; round < 4; round += 1) {
    for (const operation of reads) {
      for (const path of pathsOf(operation, ids)) {
        for (const [who, site] of sites.entries()) {
          if (done.has(`${who} ${path}`)) continue;
          done.add(`${who} ${path}`);
          const { status, text, json } = await site.call({ path });
          if (status >= 300) continue;
          for (const [found] of text.matchAll(uuid)) secrets.add(found);
          gather(json, collectionOf(operation, operations), names, ids);
        }
      }
    }
  }
  return { ids, secrets };
}

/** The paths of an operation with up to three known ids in each place; none while an id is missing. */
export function pathsOf(operation: Operation, ids: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  return operation.pathParameters.reduce<string[]>(
    (paths, { name, schema }) => {
      const values = schema.enum?.map(String) ?? [...(ids.get(name) ?? [])].slice(0, TRIED);
      return paths.flatMap((path) =>
        values.map((value) => path.replace(`{${name}}`, encodeURIComponent(value))),
      );
    },
    [operation.path],
  );
}

/** The parameter that an item's `id` of this list stands for: `/courses` lists what `/courses/{courseId}` shows. */
function collectionOf(list: Operation, operations: readonly Operation[]): string | undefined {
  const child = operations.find(({ path }) => {
    const rest = path.startsWith(`${list.path}/`) ? path.slice(list.path.length + 1) : '';
    return rest.startsWith('{');
  });
  return child?.path.slice(list.path.length + 2).split('}')[0];
}

function gather(
  value: unknown,
  ofList: string | undefined,
  names: ReadonlySet<string>,
  ids: Map<string, Set<string>>,
): void {
  if (Array.isArray(value)) {
    for (const item of value) gather(item, ofList, names, ids);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner !== 'string') {
      gather(inner, partsOf[key] ?? ofList, names, ids);
      continue;
    }
    const name =
      key === 'id'
        ? ofList
        : [...names].find((candidate) => key.toLowerCase().endsWith(candidate.toLowerCase()));
    if (name === undefined) continue;
    ids.set(name, (ids.get(name) ?? new Set()).add(inner));
  }
}
