import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ReportFilter } from '#libs/contracts/courses';
import { newId } from '#libs/kernel';
import { aUser } from '#libs/tenancy/testing';
import { aContent, anArticle } from '../../testing/content.js';
import { testAcademy, type TestAcademy } from '../../testing/index.js';
import { EnrolPeople } from '../enrolment/enrol-people.js';
import { ExportReport } from './export-report.use-case.js';
import { MyTeamReport } from './my-team.read-model.js';
import { Reports } from './report.read-model.js';

describe('reports', () => {
  let academy: TestAcademy;
  let fire: string;
  let data: string;
  const admin = aUser({ role: 'admin' });
  const [boss, lead, sam, lea, gone] = Array.from({ length: 5 }, () => newId()) as [
    string,
    string,
    string,
    string,
    string,
  ];

  beforeAll(async () => {
    academy = await testAcademy();
    fire = await academy.published(aContent([anArticle()], { title: 'Fire safety' }));
    data = await academy.published(aContent([anArticle()], { title: 'Data protection' }));
    const rows: readonly (readonly [string, string, string | null, string | null, string])[] = [
      [boss, 'Bo', null, null, 'active'],
      [lead, 'Lou', 'North', boss, 'active'],
      [sam, '=Sam,"x"', 'North', lead, 'active'],
      [lea, 'Lea', 'South', lead, 'active'],
      [gone, 'Gone', 'South', lead, 'deactivated'],
    ];
    for (const [id, name, team, managerId, status] of rows) {
      await academy.rows(
        `INSERT INTO courses.people (tenant_id, id, name, email, role, status, team, department, manager_id)
         VALUES (app.current_tenant(), $1, $2, $3, 'learner', $4, $5, 'All', $6)`,
        [id, name, `${id}@acme.example`, status, team, managerId],
      );
    }
    const enrol = (courseId: string, userIds: readonly string[], dueAt: Date | null) =>
      academy.as(admin, () =>
        academy.get(EnrolPeople).execute(
          courseId,
          userIds.map((userId) => ({ userId, dueAt })),
          'assigned',
        ),
      );
    await enrol(fire, [lead, sam, lea, gone], new Date('2020-01-01T00:00:00Z'));
    await enrol(data, [sam], new Date('2040-01-01T00:00:00Z'));
    await academy.rows(
      `UPDATE courses.enrolments SET status = 'completed', started_at = now(), completed_at = now(),
              lessons_completed = 1 WHERE user_id = $1`,
      [lea],
    );
  });
  afterAll(() => academy.close());

  const as = <R>(work: () => Promise<R>, actor = admin) => academy.as(actor, work);
  const reports = () => academy.get(Reports);

  it('count by course, without people who are gone', async () => {
    const { rows, totals } = await as(() => reports().courses({}));
    expect(rows).toMatchObject([
      { title: 'Data protection', enrolled: 1, notStarted: 1, completed: 0, overdue: 0 },
      { title: 'Fire safety', enrolled: 3, notStarted: 2, completed: 1, overdue: 2 },
    ]);
    expect(totals).toMatchObject({ people: 3, courses: 2, enrolled: 4, overdue: 2 });
    const north = await as(() => reports().courses({ team: 'North', courseId: fire }));
    expect(north.rows).toMatchObject([{ title: 'Fire safety', enrolled: 2, completed: 0 }]);
  });

  it('count by team, people without courses and without a team too', async () => {
    const { rows } = await as(() => reports().teams({}, 'team'));
    expect(rows).toMatchObject([
      { name: 'North', people: 2, enrolled: 3, overdue: 2 },
      { name: 'South', people: 1, enrolled: 1, completed: 1 },
      { name: null, people: 1, enrolled: 0 },
    ]);
  });

  it('count the same for the whole academy, a span of time and a filter that leave everything', async () => {
    const gonePast = await academy.published(aContent([anArticle()], { title: 'Long ago' }));
    await academy.as(admin, () =>
      academy
        .get(EnrolPeople)
        .execute(gonePast, [{ userId: lea, dueAt: new Date('2020-01-01') }], 'assigned'),
    );
    const span = { from: '2000-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' };
    const both = async <T>(ask: (filter: ReportFilter) => Promise<T>) => {
      const [whole, during, filtered] = await as(async () =>
        Promise.all([ask({}), ask(span), ask({ ...span, department: 'All' })]),
      );
      expect(during).toEqual(whole);
      expect(filtered).toEqual(whole);
      return whole;
    };
    const courses = async () => {
      const { rows, totals } = await both(async (filter) => {
        const { asOf, ...counted } = await reports().courses(filter);
        expect(asOf).toBeDefined();
        return counted;
      });
      expect(totals.people).toBe(3);
      return rows;
    };
    const teams = async () => both(async (filter) => (await reports().teams(filter, 'team')).rows);
    expect(await courses()).toHaveLength(3);
    expect(await teams()).toMatchObject([{}, { name: 'South', enrolled: 2, overdue: 1 }, {}]);
    await academy.rows('UPDATE courses.courses SET deleted_at = now() WHERE id = $1', [gonePast]);
    expect(await courses()).toHaveLength(2);
    expect(await teams()).toMatchObject([{}, { name: 'South', enrolled: 1, overdue: 0 }, {}]);
    await both(async (filter) => (await reports().teams(filter, 'department')).rows);
    const from = new Date(Date.now() - 26 * 7 * 86_400_000).toISOString();
    const [whole, during, filtered] = await as(async () =>
      Promise.all([
        reports().trend({}, 'month'),
        reports().trend({ from }, 'month'),
        reports().trend({ from, department: 'All' }, 'month'),
      ]),
    );
    expect(during.buckets).toEqual(whole.buckets);
    expect(filtered.buckets).toEqual(whole.buckets);
  });

  it('count who was enrolled in a span of time, by its first moment and before its last', async () => {
    const [before] = await academy.rows<{ at: Date }>(
      'SELECT enrolled_at AS at FROM courses.enrolments WHERE user_id = $1 AND course_id = $2',
      [lea, fire],
    );
    const enrolledAt = (at: Date | string | undefined) =>
      academy.rows('UPDATE courses.enrolments SET enrolled_at = $3 WHERE user_id = $1 AND course_id = $2', [
        ...[lea, fire, at],
      ]);
    await enrolledAt('2021-06-15T12:00:00Z');
    for (const [from, to, many] of [
      ['2021-06-15T12:00:00Z', '2022-01-01T00:00:00Z', 1],
      ['2021-06-01T00:00:00Z', '2021-06-15T12:00:01Z', 1],
      ['2021-06-01T00:00:00Z', '2021-06-15T12:00:00Z', 0],
      ['2021-06-15T12:00:01Z', '2022-01-01T00:00:00Z', 0],
    ] as const) {
      const { totals, rows } = await as(() => reports().courses({ from, to }));
      const { rows: teams } = await as(() => reports().teams({ from, to }, 'team'));
      expect({ from, to, ...totals, rows: rows.length }).toMatchObject({
        ...{ from, to, rows: many, courses: many, people: many, enrolled: many, completed: many },
      });
      expect(teams.find(({ name }) => name === 'South')).toMatchObject({ people: 1, enrolled: many });
    }
    await enrolledAt(before?.at);
  });

  it('list who is late, page by page', async () => {
    const first = await as(() => reports().overdue({}, 1, undefined));
    const second = await as(() => reports().overdue({}, 1, first.nextCursor ?? ''));
    expect(second.nextCursor).toBeNull();
    expect(new Set([...first.items, ...second.items].map(({ userId }) => userId))).toEqual(
      new Set([lead, sam]),
    );
    expect(first.items[0]).toMatchObject({ courseTitle: 'Fire safety', team: 'North' });
  });

  it('show what happened week by week', async () => {
    const { buckets } = await as(() => reports().trend({}, 'week'));
    expect(buckets.length).toBeGreaterThan(25);
    expect(buckets.reduce((sum, { completed }) => sum + completed, 0)).toBe(1);
  });

  it('show a manager the people below, however deep, and nobody else', async () => {
    const manager = aUser({ id: boss });
    const team = () => academy.get(MyTeamReport);
    const { items, totals } = await as(() => team().list({ limit: 20 }), manager);
    expect(items.map(({ name, level }) => [name, level])).toEqual([
      ['=Sam,"x"', 2],
      ['Lea', 2],
      ['Lou', 1],
    ]);
    expect(totals).toMatchObject({ people: 3, enrolled: 4, completed: 1, overdue: 2 });
    expect(await as(() => team().member(sam), manager)).toMatchObject({
      totals: { enrolled: 2, overdue: 1 },
    });
    expect(await as(() => team().isSomebodyBelow(), manager)).toBe(true);
    expect(await as(() => team().isSomebodyBelow(), aUser({ id: sam }))).toBe(false);
    const below = aUser({ id: sam });
    expect((await as(() => team().list({ limit: 20 }), below)).items).toEqual([]);
    await expect(as(() => team().member(lea), below)).rejects.toMatchObject({ code: 'person.not_found' });
    await expect(as(() => team().member(boss), aUser({ id: lead }))).rejects.toMatchObject({
      code: 'person.not_found',
    });
  });

  it('come to an end where people manage each other', async () => {
    await academy.rows('UPDATE courses.people SET manager_id = $1 WHERE id = $2', [sam, boss]);
    const { items } = await as(() => academy.get(MyTeamReport).list({ limit: 20 }), aUser({ id: boss }));
    expect(items).toHaveLength(3);
    await academy.rows('UPDATE courses.people SET manager_id = NULL WHERE id = $1', [boss]);
  });

  it('leave as CSV that no spreadsheet works out', async () => {
    const exported = await as(async () => text(academy.get(ExportReport).execute('enrolments', {})));
    const lines = exported.trim().split('\r\n');
    expect(lines).toHaveLength(1 + 4);
    expect(exported).toContain(`"'=Sam,""x"""`);
    const overdue = await as(async () => text(academy.get(ExportReport).execute('overdue', {})));
    expect(overdue.trim().split('\r\n')).toHaveLength(1 + 2);
    const mine = await as(async () => text(academy.get(ExportReport).ofMyTeam()), aUser({ id: boss }));
    expect(mine.trim().split('\r\n')).toHaveLength(1 + 4);
  });

  it('show nothing of another tenant', async () => {
    const other = academy.tenants[1];
    expect(await academy.as(admin, () => reports().courses({}), other)).toMatchObject({ rows: [] });
    await expect(academy.as(admin, () => reports().learner(sam), other)).rejects.toMatchObject({
      code: 'person.not_found',
    });
    expect(
      await academy.as(aUser({ id: boss }), () => academy.get(MyTeamReport).list({ limit: 20 }), other),
    ).toMatchObject({ items: [], totals: { people: 0 } });
  });
});
