import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aUser } from '#libs/tenancy/testing';
import { aContent, anArticle } from '../../testing/content.js';
import { testAcademy, type TestAcademy } from '../../testing/index.js';
import { Catalogue } from '../catalogue/catalogue.read-model.js';
import { EnrolMyself } from '../enrolment/enrol-myself.use-case.js';
import { MyCourses } from '../learning/my-courses.read-model.js';
import { RecordProgress } from '../learning/record-progress.use-case.js';
import { ReadNotes } from './read-notes.use-case.js';
import { SaveNote } from './save-note.use-case.js';

describe('notes', () => {
  let academy: TestAcademy;
  const learner = aUser();
  let enrolmentId: string;
  let lessonIds: string[];

  beforeAll(async () => {
    academy = await testAcademy();
    const courseId = await academy.published(
      aContent([anArticle({ title: 'First' }), anArticle({ title: 'Second' })]),
    );
    await academy.as(learner, async () => {
      await academy.get(Catalogue).course(courseId);
      enrolmentId = (await academy.get(EnrolMyself).execute(courseId)).id;
      const { modules } = await academy.get(MyCourses).outline(enrolmentId);
      lessonIds = modules.flatMap(({ lessons }) => lessons.map(({ id }) => id));
    });
  });

  afterAll(() => academy.close());

  const save = (lessonId = '', seen = 0, text = '') =>
    academy.as(learner, () => academy.get(SaveNote).execute(enrolmentId, lessonId, seen, text));

  it('are written, read, listed in the order of the lessons, and taken away', async () => {
    const [first, second] = lessonIds;
    await save(second, 0, 'about the second');
    await save(first, 0, 'about the first');
    const list = () => academy.as(learner, () => academy.get(ReadNotes).all(enrolmentId));
    expect((await list()).map(({ lessonTitle, text }) => [lessonTitle, text])).toEqual([
      ['First', 'about the first'],
      ['Second', 'about the second'],
    ]);
    await save(first, 1, '');
    expect(await list()).toHaveLength(1);
    const note = await academy.as(learner, () => academy.get(ReadNotes).one(enrolmentId, first ?? ''));
    expect(note).toMatchObject({ text: '', version: 2 });
  });

  it('lets one of two at the same time win', async () => {
    const [, second] = lessonIds;
    const outcomes = await Promise.allSettled([save(second, 1, 'a'), save(second, 1, 'b')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it("are nobody else's: not of a colleague, not of another academy", async () => {
    const look = (tenant: (typeof academy.tenants)[number]) =>
      academy.as(aUser(), () => academy.get(ReadNotes).all(enrolmentId), tenant);
    await expect(look(academy.tenants[0])).rejects.toMatchObject({ code: 'enrolment.not_found' });
    await expect(look(academy.tenants[1])).rejects.toMatchObject({ code: 'enrolment.not_found' });
  });

  it('say nothing of when one learned last; progress does', async () => {
    const mine = async () =>
      (await academy.as(learner, () => academy.get(MyCourses).list(5, undefined))).items[0];
    expect((await mine())?.lastActiveAt).toBeNull();
    await academy.as(learner, () =>
      academy
        .get(RecordProgress)
        .execute(enrolmentId, lessonIds[0] ?? '', { state: 'started', rewind: false }),
    );
    expect((await mine())?.lastActiveAt).toBeInstanceOf(Date);
  });
});
