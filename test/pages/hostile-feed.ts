import type { AuthoredCourse, Rule } from '#libs/contracts/courses';
import { problem } from '#libs/contracts';
import { operationsOf, type Operation } from '../isolation/operations.js';
import { operatorSite, type Site } from '../support/platform.js';
import { hostileTexts, noTexts } from './hostile-text.js';
import { textFieldsOf, type TextField } from './text-fields.js';
import type { World } from './world.js';

/** What became of the texts. */
export interface Fed {
  /** Fields that took one. */
  readonly taken: readonly string[];
  /** Fields that refuse it by name, as what is no address of a server. */
  readonly refused: readonly string[];
  /** Fields where nobody knows: the body was refused for something else. */
  readonly unreached: readonly string[];
  /** What is no text, and was taken nevertheless. */
  readonly wronglyTaken: readonly string[];
}

/** Fields that these texts do not go to one by one, and why. */
const elsewhere: readonly (readonly [RegExp, string])[] = [
  [
    /\.(session|registration|password|invitation|second_step|passkey_sign_in|sso_handoff|gotrue)\./,
    'ways in',
  ],
  [/^auth\.(ldap|acting\.enter|step_up|totp|passkey|issuer|sign_in_option)/, 'ways in'],
  [/^auth\.setup\./, 'opens with a link alone, and takes what a change of a connection takes'],
  [/^auth\.operator\.create/, 'makes somebody who may do everything'],
  [
    /^tenants\.operator_tenant\.(create|suspend|resume)/,
    'makes or closes an academy; the plan takes the same reason',
  ],
  [/^tenants\.(shard|onboarding)\./, 'for databases and files'],
  [/^courses\.course\.import/, 'holds what a draft holds, and a digest of it'],
  [/^auth\.connection\.create/, 'holds what a change of it holds'],
  [/^auth\.connection\.update \/(oidc|ldap)\//, 'is asked of the provider, who would have to be there'],
  [/^courses\.attempt\.grant/, 'needs a quiz that somebody has no attempts left for'],
  [/^auth\.sso_attempt\.preview/, 'reads the last answer of a provider, and keeps nothing'],
  [/^courses\.my_quiz\.attempt/, 'answers are handed in by the learner of the course below'],
];

/** Feeds every free text of every write that the API describes: a new one is fed by itself. */
export async function feedEveryField(world: World): Promise<Fed> {
  const { sites, academy } = world;
  const own = await stockOf(world);
  const ofAcademy = await operationsOf(academy.owner);
  const ofOperators = (await operationsOf(operatorSite())).filter(({ access }) => access === 'operator');
  const known = new Set(ofOperators.map(({ id }) => id));
  const writes = [...ofAcademy.filter(({ id }) => !known.has(id)), ...ofOperators].filter(
    ({ id, method, access }) =>
      method !== 'GET' && method !== 'DELETE' && !id.includes('.alias_') && access !== 'scim',
  );
  const fed = { taken: [], refused: [], unreached: [], wronglyTaken: [] } as Record<keyof Fed, string[]>;
  let count = 0;
  for (const operation of writes) {
    const [site, ...others] =
      operation.access === 'operator'
        ? [operatorSite()]
        : operation.path.includes('/me/')
          ? [sites.learner]
          : [sites.owner, sites.author];
    for (const field of textFieldsOf(operation, own.sample)) {
      const name = `${operation.id} ${field.pointer}`;
      if (elsewhere.some(([pattern]) => pattern.test(name))) continue;
      const path = own.pathOf(operation);
      if (path === undefined) {
        fed.unreached.push(`${name}: nothing is known that could stand in ${operation.path}`);
        continue;
      }
      const text = fitting(field, count);
      count += 1;
      let answer = await give(site, path, field, text);
      for (const other of others) {
        if (answer.code === 'auth.forbidden') answer = await give(other, path, field, text);
      }
      if (answer.isTaken) {
        fed.taken.push(name);
        for (const none of [...noTexts, 'x'.repeat(2 * field.longest + 2)]) {
          if ((await give(site, path, field, none)).isTaken) {
            fed.wronglyTaken.push(`${name}: ${JSON.stringify(none.slice(0, 10))}`);
          }
        }
      } else if (answer.pointers.some((pointer) => pointer !== '' && field.pointer.startsWith(pointer))) {
        fed.refused.push(name);
      } else fed.unreached.push(`${name}: ${answer.code} ${answer.pointers.join(' ')}`);
    }
  }
  return fed;
}

/** The next hostile text that the field has room for; as many as there is room for in a long one. */
function fitting({ longest }: TextField, turn: number): string {
  const all = hostileTexts.join(' ');
  if (longest >= all.length) return all;
  const short = hostileTexts.filter(({ length }) => length <= longest);
  return short[turn % Math.max(short.length, 1)] ?? '<b>'.slice(0, longest);
}

interface Given {
  readonly isTaken: boolean;
  readonly code: string;
  readonly pointers: readonly string[];
}

async function give(site: Site, path: string, field: TextField, text: string): Promise<Given> {
  const { method, id } = field.operation;
  const needsVersion = method === 'PUT' || method === 'PATCH';
  // What a course says of itself is part of its draft.
  const versioned = id === 'courses.course.describe' ? `${path}/draft` : path;
  const etag = needsVersion ? (await site.call({ path: versioned })).headers['etag'] : undefined;
  const { status, json } = await site.call({
    ...{ method, path, body: field.body(text) },
    headers: { 'if-match': typeof etag === 'string' ? etag : '"0"' },
  });
  if (status < 300) return { isTaken: true, code: '', pointers: [] };
  const said = problem.safeParse(json);
  if (!said.success || status >= 500) {
    return { isTaken: false, code: `${status} without a code`, pointers: [] };
  }
  return {
    isTaken: false,
    code: said.data.code,
    pointers: (said.data.errors ?? []).map(({ pointer }) => pointer.replaceAll(/\/\d+/g, '/0')),
  };
}

/** What the writes need besides the text, all of it made for this: nothing that a page shows otherwise is broken by it. */
async function stockOf({
  sites,
  authoredCourseId,
  enrolmentId,
  lessons,
  connectionId,
  tenantId,
  ...world
}: World) {
  const { owner, author } = sites;
  const course = await author.send<AuthoredCourse>('POST', '/api/v1/courses', {
    title: 'To be fed',
    language: 'en',
  });
  const team = await owner.send<{ id: string }>('POST', '/api/v1/teams', { name: 'To be fed' });
  const rule = await owner.send<Rule>('POST', '/api/v1/enrolment-rules', {
    ...{ name: 'To be fed', match: 'all', courseIds: [authoredCourseId] },
    conditions: [{ attribute: 'department', operator: 'is_one_of', values: ['Nobody is here'] }],
    due: { kind: 'none' },
  });
  let count = 0;
  const person = await owner.send<{ id: string }>('POST', '/api/v1/users', {
    ...{ email: `fed.${tenantId.slice(-12)}@acme.example`, name: 'To be fed', role: 'learner' },
  });
  const ids: Readonly<Record<string, string>> = {
    ...{ teamId: team.id, ruleId: rule.id, userId: person.id, connectionId, tenantId, enrolmentId },
    ...{ appId: world.appId, certificateId: world.certificateId, lessonId: lessons.article },
  };
  const sample = (
    name: string,
    { format, items }: { format?: string; items?: { format?: string } },
  ): unknown => {
    if (/^email$/i.test(name)) {
      count += 1;
      return `fed.${count}.${tenantId.slice(-12)}@acme.example`;
    }
    if (name === 'userId') return world.learnerId;
    if (name === 'lessonId') return lessons.quiz;
    const one = name === 'courseIds' || name === 'courseId' ? authoredCourseId : ids[name.replace(/s$/, '')];
    if (items?.format === 'uuid') return [one ?? person.id];
    if (format === 'uuid') return one ?? person.id;
    if (format === 'date-time') return '2030-01-01T00:00:00Z';
    return samples[name];
  };
  const pathOf = ({ path }: Operation): string | undefined => {
    const courseId = path.includes('{enrolmentId}') ? authoredCourseId : course.id;
    const full = path.replaceAll(/\{(\w+)\}/g, (whole, name: string) =>
      name === 'courseId' ? courseId : (ids[name] ?? whole),
    );
    return full.includes('{') ? undefined : full;
  };
  return { sample, pathOf };
}

const samples: Readonly<Record<string, unknown>> = {
  language: 'en',
  redirectUris: ['https://fed.example.com/back'],
  scopes: ['courses.read'],
  url: 'https://fed.example.com/film.mp4',
};
