import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Lesson } from '#libs/contracts/courses';
import { newId } from '#libs/kernel';
import type { Actor } from '#libs/tenancy';
import { aUser } from '#libs/tenancy/testing';
import { aChoice, aContent, anArticle, aQuiz, rightOptions } from '../../testing/content.js';
import { testAcademy, type TestAcademy } from '../../testing/index.js';
import { EnrolMyself } from '../enrolment/enrol-myself.use-case.js';
import { PgLearningRepository } from './learning.pg-repository.js';
import { MyCourses } from './my-courses.read-model.js';
import { OpenLesson } from './open-lesson.use-case.js';
import { RecordProgress } from './record-progress.use-case.js';
import { SubmitAttempt } from './submit-attempt.use-case.js';

const completed = { state: 'completed', rewind: false } as const;

describe(PgLearningRepository.name, () => {
  let academy: TestAcademy;

  beforeAll(async () => {
    academy = await testAcademy();
  });
  afterAll(() => academy.close());

  async function enrolled(...lessons: Lesson[]) {
    const learner = aUser({ name: 'Sam Sample' });
    const courseId = await academy.published(aContent(lessons));
    const { id } = await academy.as(learner, () => academy.get(EnrolMyself).execute(courseId));
    return { learner, courseId, enrolmentId: id };
  }

  const record = (actor: Actor, enrolmentId: string, lessonId: string, input: object = completed) =>
    academy.as(actor, () =>
      academy.get(RecordProgress).execute(enrolmentId, lessonId, { ...completed, ...input }),
    );
  const submit = (
    actor: Actor,
    enrolmentId: string,
    lessonId: string,
    optionIds: string[],
    questionId: string,
  ) =>
    academy.as(actor, () =>
      academy.get(SubmitAttempt).execute(enrolmentId, lessonId, { answers: [{ questionId, optionIds }] }),
    );
  const count = async (table: string, where: string, values: unknown[]) => {
    const [row] = await academy.rows<{ n: number }>(
      `SELECT count(*)::integer AS n FROM courses.${table} WHERE ${where}`,
      values,
    );
    return row?.n;
  };

  it('walks a learner to the certificate', async () => {
    const question = aChoice('single', '*yes', 'no');
    const [article, quiz] = [anArticle(), aQuiz({ questions: [question] })];
    const { learner, enrolmentId } = await enrolled(article, quiz);

    const first = await record(learner, enrolmentId, article.id);
    expect(first.course).toMatchObject({ status: 'in_progress', lessonsCompleted: 1, nextLessonId: quiz.id });
    const failed = await submit(learner, enrolmentId, quiz.id, [], question.id);
    expect(failed).toMatchObject({ attempt: 1, passed: false, course: { status: 'in_progress' } });
    const passed = await submit(learner, enrolmentId, quiz.id, rightOptions(question), question.id);
    expect(passed).toMatchObject({ attempt: 2, passed: true, course: { status: 'completed', progress: 1 } });

    const [certificate] = await academy.rows('SELECT * FROM courses.certificates WHERE enrolment_id = $1', [
      enrolmentId,
    ]);
    expect(certificate).toMatchObject({
      id: passed.course.certificateId,
      learner_name: 'Sam Sample',
      course_title: 'Fire safety',
    });
    const view = await academy.as(learner, () => academy.get(OpenLesson).execute(enrolmentId, quiz.id));
    expect(view).toMatchObject({
      state: 'completed',
      previousLessonId: article.id,
      nextLessonId: null,
      quiz: { attemptsUsed: 2, bestScore: 100, passed: true, last: { attempt: 2, score: 100 } },
    });
    const outline = await academy.as(learner, () => academy.get(MyCourses).outline(enrolmentId));
    expect(outline.modules[0]?.lessons.map(({ state }) => state)).toEqual(['completed', 'completed']);
  });

  it('issues one certificate when twenty requests complete the course at once', async () => {
    const article = anArticle();
    const { learner, enrolmentId } = await enrolled(article);
    const results = await Promise.all(
      Array.from({ length: 20 }, () => record(learner, enrolmentId, article.id)),
    );
    expect(new Set(results.map(({ course }) => course.certificateId)).size).toBe(1);
    expect(await count('certificates', 'enrolment_id = $1', [enrolmentId])).toBe(1);
    const events = await academy.rows<{ type: string }>(
      `SELECT type FROM events.events WHERE payload ->> 'enrolmentId' = $1 ORDER BY position`,
      [enrolmentId],
    );
    expect(events.map(({ type }) => type)).toEqual([
      'courses.enrolment.created',
      'courses.lesson.started',
      'courses.lesson.completed',
      'courses.enrolment.completed',
      'courses.certificate.issued',
    ]);
  });

  it('counts right when different lessons are completed at once', async () => {
    const lessons = Array.from({ length: 12 }, () => anArticle());
    const { learner, enrolmentId } = await enrolled(...lessons);
    await Promise.all(lessons.map(({ id }) => record(learner, enrolmentId, id)));
    const [row] = await academy.rows('SELECT * FROM courses.enrolments WHERE id = $1', [enrolmentId]);
    expect(row).toMatchObject({ status: 'completed', lessons_completed: 12, next_lesson_id: null });
    expect(await count('certificates', 'enrolment_id = $1', [enrolmentId])).toBe(1);
  });

  it('lets no two submissions share an attempt, and none go beyond the limit', async () => {
    const question = aChoice('single', '*yes', 'no');
    const quiz = aQuiz({ questions: [question], attempts: 3 });
    const { learner, enrolmentId } = await enrolled(quiz);
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () => submit(learner, enrolmentId, quiz.id, [], question.id)),
    );
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(7);
    for (const result of refused) {
      expect(result).toMatchObject({ reason: { code: 'quiz.no_attempts_left' } });
    }
    expect(await count('attempts', 'enrolment_id = $1', [enrolmentId])).toBe(3);
  });

  it('keeps a later position when an earlier one comes late', async () => {
    const article = anArticle();
    const { learner, enrolmentId } = await enrolled(article);
    const to = async (positionSeconds: number, rewind = false) => {
      const input = { state: 'started', positionSeconds, rewind };
      return (await record(learner, enrolmentId, article.id, input)).positionSeconds;
    };
    await to(50);
    expect(await to(20)).toBe(50);
    expect(await to(20, true)).toBe(20);
  });

  it('opens an enrolment to nobody but its learner, and not once it is withdrawn or its course deleted', async () => {
    const article = anArticle();
    const { learner, enrolmentId, courseId } = await enrolled(article);
    await expect(record(aUser(), enrolmentId, article.id)).rejects.toMatchObject({ kind: 'not_found' });
    await expect(
      academy.as(aUser(), () => academy.get(MyCourses).outline(enrolmentId)),
    ).rejects.toMatchObject({ code: 'enrolment.not_found' });
    await expect(
      academy.as(learner, () => academy.get(OpenLesson).execute(enrolmentId, newId())),
    ).rejects.toMatchObject({ code: 'lesson.not_found' });
    await academy.rows('UPDATE courses.courses SET deleted_at = now() WHERE id = $1', [courseId]);
    await expect(record(learner, enrolmentId, article.id)).rejects.toMatchObject({ kind: 'not_found' });
    const { items } = await academy.as(learner, () => academy.get(MyCourses).list(20, undefined));
    expect(items).toEqual([]);
  });

  it('shows nothing of it to another tenant, whatever ids are known', async () => {
    const article = anArticle();
    const { learner, enrolmentId } = await enrolled(article);
    const [, other] = academy.tenants;
    const outline = academy.as(learner, () => academy.get(MyCourses).outline(enrolmentId), other);
    await expect(outline).rejects.toMatchObject({ code: 'enrolment.not_found' });
    const progress = academy.as(
      learner,
      () => academy.get(RecordProgress).execute(enrolmentId, article.id, completed),
      other,
    );
    await expect(progress).rejects.toMatchObject({ kind: 'not_found' });
  });

  it('rolls everything back when the event cannot be written', async () => {
    const article = anArticle();
    const { learner, enrolmentId } = await enrolled(article);
    const work = academy.as(learner, () =>
      academy.shard.database.run(async () => {
        await academy.get(RecordProgress).execute(enrolmentId, article.id, completed);
        throw new Error('the machine stops here');
      }),
    );
    await expect(work).rejects.toThrow('the machine stops here');
    expect(await count('lesson_progress', 'enrolment_id = $1', [enrolmentId])).toBe(0);
    expect(await count('certificates', 'enrolment_id = $1', [enrolmentId])).toBe(0);
  });
});
