import { setTimeout as delay } from 'node:timers/promises';
import type { PeopleImport } from '#libs/contracts/auth';
import type { Site } from '../support/platform.js';
import { publish, type World } from './world.js';

const PEOPLE = 10_000;
const TEAMS = 60;
const COURSES = 24;
const INVITATIONS = 30;

const givenNames = [
  'Maximiliane Friederike',
  'Li',
  'Oluwaseun Adebayo',
  'نور الهدى',
  'Søren',
  'Wolfeschlegelstein',
];
const familyNames = [
  'von und zu Hohenstein-Wittgensteinberger',
  'Wu',
  'Venkataramanan Subramaniam',
  'عبد الرحمن الخطيب',
  "O'Reilly-Featherstonehaugh",
];
const departments = [
  'Arbeitssicherheit, Gesundheitsschutz und Umweltmanagement',
  'IT',
  'Customer Experience and Aftersales Service Operations (Northern Europe)',
  'المبيعات والتسويق',
];

/** Fills an academy until every list of it is long and every name longer than its place. */
export async function crowd(world: World): Promise<World> {
  const { academy, sites, learnerId } = world;
  const { owner, author } = sites;
  const importId = await bringIn(owner, academy.slug);
  const courseIds: string[] = [];
  for (let index = 0; index < COURSES; index += 1) {
    const title =
      index % 3 === 0
        ? `Unterweisung nach der Betriebssicherheitsverordnung für Flurförderzeugführerinnen und -führer, Teil ${index}`
        : `Onboarding week ${index}: everything that somebody who is new here should have heard, seen and tried`;
    const { courseId } = await publish(author, title, index % 3 === 0 ? 'de' : 'en');
    courseIds.push(courseId);
  }
  for (let index = 0; index < INVITATIONS; index += 1) {
    await owner.send('POST', '/api/v1/invitations', {
      ...{ email: `a.very.long.address.of.somebody.who.is.invited.${index}@subsidiary.example.com` },
      ...{ name: nameOf(index * 7), role: 'learner' },
    });
  }
  for (let index = 0; index < 12; index += 1) {
    await owner.send('POST', '/api/v1/api-keys', {
      ...{ name: `Nightly synchronisation of the human resources system, environment ${index}` },
      ...{ scopes: ['users.read', 'users.manage', 'analytics.read', 'audit.read'].slice(0, 1 + (index % 4)) },
      expiresAt: null,
    });
    await owner.send('POST', '/api/v1/domains', {
      host: `learning-and-development-${index}.${academy.slug}.a-rather-long-company-name.example.com`,
    });
    await heardOf(async () =>
      owner.send('POST', '/api/v1/enrolment-rules', {
        ...{ name: `Everybody in production who drives anything with a fork, site ${index}`, match: 'all' },
        ...{ courseIds: courseIds.slice(0, 1 + index) },
        conditions: [{ attribute: 'team', operator: 'is_one_of', values: [teamOf(index)] }],
        due: { kind: 'after_assignment', days: 14 + index },
      }),
    );
  }
  const path = `/api/v1/users/${learnerId}`;
  const { headers } = await owner.call({ path });
  const changes = {
    ...{ name: `${nameOf(0)} ${nameOf(2)}`, department: departments[0] },
    team: teamOf(0),
  };
  await owner.send('PATCH', path, changes, { 'if-match': String(headers['etag']) });
  return { ...world, importId };
}

/** What was done a moment ago reaches the other services a little later. */
async function heardOf(act: () => Promise<unknown>): Promise<void> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    try {
      await act();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await delay(1_000);
  }
}

const nameOf = (index: number): string =>
  `${givenNames[index % givenNames.length]} ${familyNames[index % familyNames.length]}`;

const teamOf = (index: number): string =>
  index % 4 === 0
    ? `Schichtleitung Hochregallager Nord, Halle ${index}`
    : `Field service engineers, region ${index}`;

async function bringIn(owner: Site, slug: string): Promise<string> {
  const rows = Array.from({ length: PEOPLE }, (_, index) => {
    const department = departments[index % departments.length];
    return `person.${index}@${slug}.example,${nameOf(index)},learner,"${teamOf(index % TEAMS)}","${department}"`;
  });
  const faulty = Array.from({ length: 25 }, (_, index) => `not an address ${index},,superhero,,`);
  const file = Buffer.from(`email,name,role,team,department\n${[...rows, ...faulty].join('\n')}\n`);
  const { id } = await owner.send<PeopleImport>(
    'POST',
    '/api/v1/user-imports?name=everybody-of-the-whole-group-of-companies-2026-final-version-2.csv',
    file,
    { 'content-type': 'text/csv' },
  );
  await until(owner, id, 'ready');
  await owner.send('POST', `/api/v1/user-imports/${id}/start`, { invitations: 'none' });
  await until(owner, id, 'done');
  return id;
}

async function until(owner: Site, id: string, wanted: PeopleImport['state']): Promise<void> {
  const deadline = Date.now() + 300_000;
  for (;;) {
    const { state } = await owner.get<PeopleImport>(`/api/v1/user-imports/${id}`);
    if (state === wanted) return;
    if (Date.now() > deadline) throw new Error(`The import is ${state}, not ${wanted}.`);
    await delay(500);
  }
}
