import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeEventLog } from '#libs/events/testing';
import { newId } from '#libs/kernel';
import { FixedClock } from '#libs/kernel/testing';
import { runInContext } from '#libs/tenancy';
import { aContext, aUser, FakeUnitOfWork } from '#libs/tenancy/testing';
import { aContent, anArticle, aQuiz } from '../../testing/content.js';
import { FakeCourseRepository } from './course.fake-repository.js';
import { CreateCourse } from './create-course.use-case.js';
import { SaveDraft } from './save-draft.use-case.js';

describe(SaveDraft.name, () => {
  const author = aUser({ role: 'author' });
  const events = new FakeEventLog();
  const courses = new FakeCourseRepository();
  const dependencies = [courses, events, new FakeUnitOfWork(), new FixedClock()] as const;
  const saveDraft = new SaveDraft(...dependencies);
  const as = <R>(work: () => Promise<R>) => runInContext(aContext({ actor: author }), work);
  let courseId: string;

  beforeEach(async () => {
    ({ id: courseId } = await as(() => new CreateCourse(...dependencies).execute(aContent([anArticle()]))));
    events.appended.length = 0;
  });

  it('replaces the draft and counts the revision', async () => {
    const saved = await as(() => saveDraft.execute(courseId, 1, aContent([], { title: 'Other' })));
    expect(saved).toMatchObject({ revision: 2, content: { title: 'Other' }, updatedBy: author.id });
    expect(events.appended).toMatchObject([
      { type: 'courses.course.updated', payload: { courseId, title: 'Other', revision: 2 } },
    ]);
  });

  it('gives ids to what is new and keeps those that are there', async () => {
    const article = { ...anArticle(), id: undefined };
    const known = aQuiz();
    const content = aContent([]);
    const modules = [{ title: 'M', lessons: [article, known] }];
    const saved = await as(() => saveDraft.execute(courseId, 1, { ...content, modules }));
    const [module] = saved.content.modules;
    expect(module?.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(module?.lessons[0]?.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(module?.lessons[1]).toEqual(known);
  });

  it('overwrites nothing that another has saved in between', async () => {
    await as(() => saveDraft.execute(courseId, 1, aContent([])));
    await expect(as(() => saveDraft.execute(courseId, 1, aContent([])))).rejects.toMatchObject({
      kind: 'precondition_failed',
      code: 'draft.changed',
      details: { revision: 2 },
    });
    await expect(as(() => saveDraft.execute(courseId, Number.NaN, aContent([])))).rejects.toMatchObject({
      code: 'draft.changed',
    });
  });

  it('refuses one id for two things', async () => {
    const id = newId();
    const work = as(() => saveDraft.execute(courseId, 1, aContent([anArticle({ id }), anArticle({ id })])));
    await expect(work).rejects.toMatchObject({
      code: 'draft.invalid',
      faults: [{ pointer: '/content/modules/0/lessons/1/id' }],
    });
  });

  it('describes the course and leaves the lessons alone', async () => {
    const before = (await courses.draft(courseId))?.content;
    const saved = await as(() => saveDraft.describe(courseId, 1, { summary: 'New', tags: undefined }));
    expect(saved.content).toEqual({ ...before, summary: 'New' });
  });

  it('knows no deleted course', async () => {
    await courses.markDeleted(courseId, new Date());
    await expect(as(() => saveDraft.execute(courseId, 1, aContent([])))).rejects.toMatchObject({
      code: 'course.not_found',
    });
  });
});
