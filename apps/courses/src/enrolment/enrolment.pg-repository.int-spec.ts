import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { aUser } from '#libs/tenancy/testing';
import { aContent, anArticle } from '../../testing/content.js';
import { testAcademy, type TestAcademy } from '../../testing/index.js';
import { RecordProgress } from '../learning/record-progress.use-case.js';
import { AssignByCsv } from './assign-by-csv.use-case.js';
import { AssignCourse } from './assign-course.use-case.js';
import { EnrolMyself } from './enrol-myself.use-case.js';
import { PgEnrolmentRepository } from './enrolment.pg-repository.js';
import { ManagedEnrolments } from './managed-enrolment.read-model.js';
import { Withdraw } from './withdraw.use-case.js';

describe(PgEnrolmentRepository.name, () => {
  let academy: TestAcademy;
  let people: { id: string; email: string }[];
  const manager = aUser({ role: 'admin' });

  beforeAll(async () => {
    academy = await testAcademy();
    people = Array.from({ length: 5 }, (_, n) => ({ id: newId(), email: `person${n}@acme.example` }));
    for (const [n, { id, email }] of people.entries()) {
      await academy.rows(
        `INSERT INTO courses.people (tenant_id, id, name, email, role, status)
         VALUES (app.current_tenant(), $1, $2, $3, 'learner', $4)`,
        [id, `Person Nº ${n}`, email, n === 4 ? 'deactivated' : 'active'],
      );
    }
  });
  afterAll(() => academy.close());

  const enrol = (courseId: string, learner = aUser()) =>
    academy.as(learner, () => academy.get(EnrolMyself).execute(courseId));
  const due = new Date('2026-06-30T00:00:00Z');

  it('enrols a learner once, however often and parallel he asks', async () => {
    const courseId = await academy.published(aContent([anArticle()]));
    const learner = aUser();
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => enrol(courseId, learner)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') {
        expect(result.reason).toMatchObject({ code: 'enrolment.already_enrolled' });
      }
    }
  });

  it('lets nobody into a course that is deleted or was never published', async () => {
    const courseId = await academy.published(aContent([anArticle()]));
    await academy.rows('UPDATE courses.courses SET deleted_at = now() WHERE id = $1', [courseId]);
    await expect(enrol(courseId)).rejects.toMatchObject({ code: 'course.not_found' });
    await expect(enrol(newId())).rejects.toMatchObject({ code: 'course.not_found' });
  });

  it('gives back the progress of who had withdrawn', async () => {
    const content = aContent([anArticle(), anArticle()]);
    const lessonId = content.modules[0]?.lessons[0]?.id ?? '';
    const courseId = await academy.published(content);
    const learner = aUser();
    const { id } = await enrol(courseId, learner);
    await academy.as(learner, () =>
      academy.get(RecordProgress).execute(id, lessonId, { state: 'completed', rewind: false }),
    );
    await academy.as(learner, () => academy.get(Withdraw).myself(id));
    await expect(academy.as(learner, () => academy.get(Withdraw).myself(id))).rejects.toMatchObject({
      code: 'enrolment.not_found',
    });
    expect(await enrol(courseId, learner)).toMatchObject({ id, status: 'in_progress', lessonsCompleted: 1 });
  });

  it('assigns people with one outcome each, and gives a due date to who was there already', async () => {
    const courseId = await academy.published(aContent([anArticle()]));
    const [first, second, , , gone] = people;
    await enrol(courseId, aUser({ id: second?.id ?? '' }));
    const stranger = newId();
    const ids = [first?.id, second?.id, gone?.id, stranger, first?.id].map((id) => id ?? '');
    const { outcomes } = await academy.as(manager, () =>
      academy.get(AssignCourse).execute(courseId, ids, due),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      'enrolled',
      'already_enrolled',
      'inactive_person',
      'unknown_person',
      'enrolled',
    ]);
    const { items } = await academy.as(manager, () =>
      academy.get(ManagedEnrolments).list(courseId, { limit: 20 }),
    );
    expect(items.map(({ learner, source, dueAt }) => [learner?.email, source, dueAt])).toEqual([
      [first?.email, 'assigned', due.toISOString()],
      [second?.email, 'self', due.toISOString()],
    ]);
    const types = await academy.eventTypes();
    expect(types.slice(-3)).toEqual([
      'courses.enrolment.created',
      'courses.enrolment.assigned',
      'courses.enrolment.rescheduled',
    ]);
  });

  it('tells what a CSV would do, then does it', async () => {
    const courseId = await academy.published(aContent([anArticle()]));
    const csv = Buffer.from(
      `email,due_at\n${people[0]?.email ?? ''},2026-06-30\nnobody@acme.example,\nnot an address,\n${people[1]?.email.toUpperCase() ?? ''},\n`,
    );
    const run = (dryRun: boolean) =>
      academy.as(manager, () => academy.get(AssignByCsv).execute(courseId, csv, dryRun));
    const before = (await academy.eventTypes()).length;
    const plan = await run(true);
    expect((await academy.eventTypes()).length).toBe(before);
    const done = await run(false);
    expect({ ...plan, dryRun: false }).toEqual(done);
    expect(done).toMatchObject({ rows: 4, enrolled: 2, alreadyEnrolled: 0, failed: 2 });
    expect(done.outcomes.map(({ line, column, outcome }) => [line, column, outcome])).toEqual([
      [2, null, 'enrolled'],
      [3, null, 'unknown_person'],
      [4, 1, 'invalid'],
      [5, null, 'enrolled'],
    ]);
    expect(await run(false)).toMatchObject({ enrolled: 0, alreadyEnrolled: 2, failed: 2 });
  });

  it('filters the list by state, name and address', async () => {
    const courseId = await academy.published(aContent([anArticle()]));
    await academy.as(manager, () =>
      academy.get(AssignCourse).execute(
        courseId,
        people.slice(0, 4).map(({ id }) => id),
        null,
      ),
    );
    const emails = async (query: { q?: string; status?: 'completed' | 'not_started' }) => {
      const page = await academy.as(manager, () =>
        academy.get(ManagedEnrolments).list(courseId, { limit: 20, ...query }),
      );
      return page.items.map(({ learner }) => learner?.email);
    };
    expect(await emails({ q: 'nº 2' })).toEqual([people[2]?.email]);
    expect(await emails({ q: 'PERSON3@' })).toEqual([people[3]?.email]);
    expect(await emails({ status: 'completed' })).toEqual([]);
    expect(await emails({ status: 'not_started' })).toHaveLength(4);
  });

  it('keeps assigned learners in, and completed ones in for good', async () => {
    const content = aContent([anArticle()]);
    const courseId = await academy.published(content);
    const learner = aUser({ id: people[3]?.id ?? '' });
    await academy.as(manager, () => academy.get(AssignCourse).execute(courseId, [learner.id ?? ''], null));
    const page = await academy.as(manager, () => academy.get(ManagedEnrolments).list(courseId, { limit: 1 }));
    const id = page.items[0]?.enrolmentId ?? '';
    await expect(academy.as(learner, () => academy.get(Withdraw).myself(id))).rejects.toMatchObject({
      code: 'enrolment.assigned',
    });
    const lessonId = content.modules[0]?.lessons[0]?.id ?? '';
    await academy.as(learner, () =>
      academy.get(RecordProgress).execute(id, lessonId, { state: 'completed', rewind: false }),
    );
    await expect(
      academy.as(manager, () => academy.get(Withdraw).learner(courseId, id)),
    ).rejects.toMatchObject({
      code: 'enrolment.completed',
    });
    await expect(academy.as(manager, () => academy.get(Withdraw).learner(newId(), id))).rejects.toMatchObject(
      {
        code: 'enrolment.not_found',
      },
    );
  });
});
