import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from '#libs/contracts';
import type { CsvAssignmentResult, ManagedEnrolment } from '#libs/contracts/courses';
import { anAcademy } from '../support/academy.js';
import type { Site } from '../support/platform.js';

const FILE = [
  'email,due_at',
  'learner@acme.example,2031-01-31T23:59:59Z',
  'author@acme.example,',
  'stranger@nowhere.example,',
  'learner@acme.example,some day',
  '',
].join('\r\n');

/** A manager assigns a course to a list of people. */
describe('assigning a course by CSV', () => {
  let owner: Site;
  let path: string;

  beforeAll(async () => {
    ({ owner } = await anAcademy(`csv-${Date.now().toString(36)}`));
    const { items } = await owner.get<Page<{ courseId: string }>>('/api/v1/catalogue');
    path = `/api/v1/courses/${items[0]?.courseId ?? ''}`;
  }, 120_000);

  const upload = async (query = '') =>
    owner.send<CsvAssignmentResult>('POST', `${path}/assignments/csv${query}`, Buffer.from(`\ufeff${FILE}`), {
      'content-type': 'text/csv',
    });
  const enrolled = async () => {
    const { items } = await owner.get<Page<ManagedEnrolment>>(`${path}/enrolments?limit=100`);
    return new Map(items.map(({ learner, dueAt }) => [learner?.email, dueAt]));
  };

  it('says first what would happen to each row, and where a row is wrong', async () => {
    const before = await enrolled();
    const { dryRun, rows, failed, outcomes } = await upload('?dryRun=true');
    expect({ dryRun, rows, failed }).toEqual({ dryRun: true, rows: 4, failed: 2 });
    expect(outcomes.map(({ line, outcome }) => [line, outcome])).toEqual([
      [2, expect.stringMatching(/enrolled$/)],
      [3, expect.stringMatching(/enrolled$/)],
      [4, 'unknown_person'],
      [5, 'invalid'],
    ]);
    expect(outcomes[3]).toMatchObject({ column: 2 });
    expect(await enrolled()).toEqual(before);
  });

  it('then does so, with the due dates, and once only', async () => {
    const first = await upload();
    expect(first).toMatchObject({ dryRun: false, failed: 2 });
    const now = await enrolled();
    expect(now.has('author@acme.example')).toBe(true);
    expect(new Date(now.get('learner@acme.example') ?? 0).toISOString()).toBe('2031-01-31T23:59:59.000Z');
    const second = await upload();
    expect(second).toMatchObject({ enrolled: 0, alreadyEnrolled: 2, failed: 2 });
    expect(await enrolled()).toEqual(now);
  });
});
