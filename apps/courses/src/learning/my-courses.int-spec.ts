import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { myCourse, myCoursePage } from '#libs/contracts/courses';
import { aUser } from '#libs/tenancy/testing';
import { aContent, anArticle } from '../../testing/content.js';
import { testAcademy, type TestAcademy } from '../../testing/index.js';
import { EnrolMyself } from '../enrolment/enrol-myself.use-case.js';
import { MyCourses, myCoursesSql } from './my-courses.read-model.js';

describe(MyCourses.name, () => {
  let academy: TestAcademy;
  const learner = aUser();

  beforeAll(async () => {
    academy = await testAcademy();
    for (const n of [1, 2, 3, 4, 5]) {
      const courseId = await academy.published(aContent([anArticle()], { title: `Course ${n}` }));
      await academy.as(learner, () => academy.get(EnrolMyself).execute(courseId));
    }
  });
  afterAll(() => academy.close());

  const list = (limit: number, cursor?: string) =>
    academy.as(learner, () => academy.get(MyCourses).list(limit, cursor));

  it('answers what the contract promises, though nothing parses it on the way', async () => {
    const page: unknown = JSON.parse(JSON.stringify(await list(20)));
    expect(myCoursePage.parse(page).items.map(({ title }) => title)).toEqual(
      [5, 4, 3, 2, 1].map((n) => `Course ${n}`),
    );
    expect(Object.keys((page as { items: object[] }).items[0] ?? {}).toSorted()).toEqual(
      Object.keys(myCourse.shape).toSorted(),
    );
  });

  it('pages by cursor without repeating or leaving out', async () => {
    const first = await list(2);
    const second = await list(2, first.nextCursor ?? '');
    const third = await list(2, second.nextCursor ?? '');
    expect(third.nextCursor).toBeNull();
    const titles = [first, second, third].flatMap(({ items }) => items.map(({ title }) => title));
    expect(titles).toEqual([5, 4, 3, 2, 1].map((n) => `Course ${n}`));
  });

  it('is one statement that finds its rows by an index, however many enrolments there are', async () => {
    await academy.rows(
      `WITH many AS (
         INSERT INTO courses.enrolments (tenant_id, id, course_id, version, user_id, source, status, lessons_total, enrolled_at)
         SELECT tenant_id, gen_random_uuid(), course_id, version, gen_random_uuid(), 'self', 'not_started', 1, now()
           FROM courses.enrolments, generate_series(1, 4000)
         RETURNING id)
       SELECT count(*) FROM many`,
    );
    const plan = await academy.shard.inTenant(academy.tenants[0], () =>
      academy.shard.database.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${myCoursesSql}`, [
        learner.id,
        'ffffffff-ffff-ffff-ffff-ffffffffffff',
        21,
      ]),
    );
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toMatch(/Index Scan.*enrolments_tenant_user/);
    expect(text).not.toMatch(/Seq Scan on enrolments/);
  });
});
