import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { userCreated } from '#libs/contracts/auth';
import { mediaStored } from '#libs/contracts/media';
import { EventLog } from '#libs/events';
import { newId } from '#libs/kernel';
import { aUser } from '#libs/tenancy/testing';
import { aContent, anArticle, aQuiz, aVideo } from '../../testing/content.js';
import { testAcademy, type TestAcademy } from '../../testing/index.js';
import { DigestCourses } from './courses-digest.read-model.js';
import { ImportBundleCourse } from './import-bundle-course.use-case.js';
import { ImportBundleEnrolments } from './import-bundle-enrolments.use-case.js';

describe('Onboarding', () => {
  let academy: TestAcademy;

  beforeAll(async () => {
    academy = await testAcademy();
  });
  afterAll(() => academy.close());

  const asService = <R>(work: () => Promise<R>) => academy.shard.inTenant(academy.tenants[0], work);
  const importCourse = (key: string, content = aContent([anArticle(), aQuiz()])) =>
    asService(() => academy.get(ImportBundleCourse).execute(key, content));

  it('creates a course once, and publishes a new version when its content changes', async () => {
    const content = aContent([anArticle(), aQuiz()]);
    const created = await importCourse('fire', content);
    expect(created).toMatchObject({ version: 1, outcome: 'created' });
    const withOtherIds = aContent([anArticle(), aQuiz()]);
    expect(await importCourse('fire', withOtherIds)).toEqual({ ...created, outcome: 'unchanged' });
    const changed = await importCourse('fire', { ...content, summary: 'Other words.' });
    expect(changed).toMatchObject({ courseId: created.courseId, version: 2, outcome: 'updated' });
    expect(changed.digest).not.toBe(created.digest);
  });

  it('is safe to run twice at once: one creates, the other can be repeated', async () => {
    const results = await Promise.allSettled([
      importCourse('twins'),
      importCourse('twins'),
      importCourse('twins'),
    ]);
    expect(results.some(({ status }) => status === 'fulfilled')).toBe(true);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ kind: 'conflict' });
    }
    expect(await importCourse('twins')).toMatchObject({ version: 1, outcome: 'unchanged' });
  });

  it('refuses what could not be published, with pointers, and leaves nothing behind', async () => {
    await expect(importCourse('broken', aContent([aQuiz({ questions: [] })]))).rejects.toMatchObject({
      code: 'course.incomplete',
      faults: [{ pointer: '/content/modules/0/lessons/0/questions', code: 'quiz.no_questions' }],
    });
    const rows = await academy.rows(`SELECT id FROM courses.courses WHERE external_key = 'broken'`);
    expect(rows).toEqual([]);
  });

  it('knows a file that was uploaded a moment ago', async () => {
    const mediaId = newId();
    await academy.as(aUser(), () =>
      academy.get(EventLog).append(mediaStored, mediaId, {
        ...{ mediaId, bytes: 5, name: 'a.mp4', contentType: 'video/mp4', sha256: 'c'.repeat(64) },
      }),
    );
    const video = aVideo({ source: { kind: 'media', mediaId } });
    expect(await importCourse('film', aContent([video]))).toMatchObject({ outcome: 'created' });
    const unknown = aVideo({ source: { kind: 'media', mediaId: newId() } });
    await expect(importCourse('film', aContent([unknown]))).rejects.toMatchObject({
      faults: [{ code: 'media.not_found' }],
    });
  });

  it('enrols people who were created a moment ago, once', async () => {
    await importCourse('welcome');
    const emails = ['one@acme.example', 'two@acme.example'];
    for (const email of emails) {
      const userId = newId();
      await academy.as(aUser(), () =>
        academy.get(EventLog).append(userCreated, userId, {
          ...{ userId, email, name: email, role: 'learner', status: 'invited' },
          ...{ department: null, team: null, managerId: null },
        }),
      );
    }
    const rows = [
      { email: 'one@acme.example', course: 'welcome', dueAt: '2026-12-31T00:00:00.000Z' },
      { email: 'two@acme.example', course: 'welcome', dueAt: null },
      { email: 'two@acme.example', course: 'nowhere', dueAt: null },
      { email: 'three@acme.example', course: 'welcome', dueAt: null },
    ];
    const run = () => asService(() => academy.get(ImportBundleEnrolments).execute(rows));
    expect(await run()).toMatchObject({
      ...{ enrolled: 2, alreadyEnrolled: 0, failed: 2 },
      outcomes: ['enrolled', 'enrolled', 'unknown_course', 'unknown_person'],
    });
    expect(await run()).toMatchObject({ enrolled: 0, alreadyEnrolled: 2, failed: 2 });
  });

  it('sums up what the tenant holds', async () => {
    const { courses, totals } = await asService(() => academy.get(DigestCourses).digest());
    const welcome = courses.find(({ externalKey }) => externalKey === 'welcome');
    expect(welcome).toMatchObject({ version: 1, lessons: 2, enrolments: 2 });
    expect(totals.courses).toBe(courses.length);
    expect(totals.enrolments).toBe(2);
  });
});
