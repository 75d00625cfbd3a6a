import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aUser } from '#libs/tenancy/testing';
import { GrantAttempts } from '../attempt-grant/grant-attempts.use-case.js';
import { RevokeCertificate } from '../certificate/revoke-certificate.use-case.js';
import { ShowCertificate } from '../certificate/show-certificate.use-case.js';
import { EnrolMyself } from '../enrolment/enrol-myself.use-case.js';
import { RecordProgress } from '../learning/record-progress.use-case.js';
import { OpenLesson } from '../learning/open-lesson.use-case.js';
import { SubmitAttempt } from '../learning/submit-attempt.use-case.js';
import {
  aChoice,
  aContent,
  anArticle,
  aQuiz,
  rightOptions,
  testAcademy,
  type TestAcademy,
} from '../../testing/index.js';
import { AuthoredCourses } from './authored-course.read-model.js';
import { CompareVersions } from './compare-versions.use-case.js';
import { CourseHistory } from './course-history.read-model.js';
import { coursesToPurge } from './course.purger.js';
import { DeleteCourse } from './delete-course.use-case.js';
import { GetCourse } from './get-course.use-case.js';
import { PublishCourse } from './publish-course.use-case.js';
import { PurgeCourse } from './purge-course.use-case.js';
import { SaveDraft } from './save-draft.use-case.js';

const DAY = 24 * 60 * 60_000;

describe('the history and the end of a course', () => {
  let academy: TestAcademy;
  const author = aUser({ role: 'author' });
  const asAuthor = async <R>(work: () => Promise<R>): Promise<R> => academy.as(author, work);

  beforeAll(async () => {
    academy = await testAcademy();
  });
  afterAll(async () => academy.close());

  const enrol = async (courseId: string, actor = aUser()) => ({
    actor,
    enrolment: await academy.as(actor, () => academy.get(EnrolMyself).execute(courseId)),
  });

  /** Somebody who has read all of a course of one lesson, and has its certificate. */
  const aGraduate = async (courseId: string, lessonId: string) => {
    const { actor, enrolment } = await enrol(courseId);
    await academy.as(actor, () =>
      academy.get(RecordProgress).execute(enrolment.id, lessonId, { state: 'completed', rewind: false }),
    );
    const [row] = await academy.rows<{ id: string }>(
      'SELECT id FROM courses.certificates WHERE enrolment_id = $1',
      [enrolment.id],
    );
    return { actor, enrolment, certificateId: row?.id ?? '' };
  };

  it('says what a publication would change, and for whom', async () => {
    const lesson = anArticle({ markdown: 'Leave by the left door.' });
    const content = aContent([lesson]);
    const courseId = await academy.published(content);
    const begun = await enrol(courseId);
    await academy.as(begun.actor, () =>
      academy.get(RecordProgress).execute(begun.enrolment.id, lesson.id, { state: 'started', rewind: false }),
    );
    await enrol(courseId);
    await aGraduate(courseId, lesson.id);
    const compare = academy.get(CompareVersions);
    expect(await asAuthor(() => compare.impact(courseId))).toMatchObject({ identical: true, nextVersion: 2 });

    const draft = await asAuthor(() => academy.get(GetCourse).draft(courseId));
    const changed = structuredClone(draft.content);
    const [first] = changed.modules[0]?.lessons ?? [];
    if (first?.kind === 'article') first.markdown = 'Leave by the right door.';
    changed.modules[0]?.lessons.push(anArticle({ title: '' }));
    const saved = await asAuthor(() => academy.get(SaveDraft).execute(courseId, draft.revision, changed));
    expect(await asAuthor(() => compare.impact(courseId))).toMatchObject({
      ...{ revision: saved.revision, currentVersion: 1, nextVersion: 2, identical: false },
      learners: { notStarted: 1, inProgress: 1, completed: 1 },
      staying: [{ version: 1, learners: 1 }],
      faults: [{ pointer: '/content/modules/0/lessons/1/title', code: 'title.empty' }],
      changes: { counts: { added: 1, removed: 0, changed: 1, moved: 0 } },
    });

    const complete = {
      ...saved.content,
      modules: changed.modules.map((m) => ({ ...m, lessons: [...m.lessons] })),
    };
    complete.modules[0]?.lessons.splice(1, 1);
    const again = await asAuthor(() => academy.get(SaveDraft).execute(courseId, saved.revision, complete));
    await asAuthor(() => academy.get(PublishCourse).execute(courseId, again.revision));
    const { items } = await asAuthor(() => academy.get(CourseHistory).list(courseId, { limit: 10 }));
    expect(items.map(({ number, learners }) => [number, learners])).toEqual([
      [2, 1],
      [1, 1],
    ]);
    const comparison = await asAuthor(() => compare.execute(courseId, 1, 2));
    expect(comparison.counts).toEqual({ added: 0, removed: 0, changed: 1, moved: 0 });
    const old = await asAuthor(() => compare.content(courseId, 1));
    expect(old.content.modules[0]?.lessons[0]).toMatchObject({ markdown: 'Leave by the left door.' });
    await expect(asAuthor(() => compare.execute(courseId, 9))).rejects.toMatchObject({
      code: 'course.version_not_found',
    });
  });

  it('finds courses whose draft has gone on, sorts them by title, and knows who is in them', async () => {
    const lists = academy.get(AuthoredCourses);
    const titles = ['zebra', 'Ärger', 'apple'].map((title) => `${title} in a list`);
    const ids = await Promise.all(
      titles.map(async (title) => academy.published(aContent([anArticle()], { title }))),
    );
    const list = async (query: Parameters<AuthoredCourses['list']>[0]) =>
      asAuthor(async () => (await lists.list(query)).items);
    const byTitle = await list({ limit: 100, q: 'in a list', order: 'title' });
    expect(byTitle.map(({ title }) => title)).toEqual([
      'apple in a list',
      'Ärger in a list',
      'zebra in a list',
    ]);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await asAuthor(() => lists.list({ limit: 1, q: 'in a list', order: 'title', cursor }));
      seen.push(...page.items.map(({ title }) => title));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(byTitle.map(({ title }) => title));

    const [id = ''] = ids;
    await enrol(id);
    expect(await list({ limit: 100, q: 'in a list', status: 'changed' })).toEqual([]);
    await asAuthor(() => academy.get(SaveDraft).describe(id, 1, { title: 'zebra in a list, changed' }));
    expect(await list({ limit: 100, q: 'in a list', status: 'changed' })).toMatchObject([
      { id, lessons: 1, learners: 1, unpublishedChanges: true },
    ]);
  });

  it('purges a deleted course after thirty days, and keeps what was achieved in it', async () => {
    const lesson = anArticle();
    const courseId = await academy.published(aContent([lesson]));
    const { certificateId } = await aGraduate(courseId, lesson.id);
    const purge = academy.get(PurgeCourse);
    const waiting = async () => academy.rows(`SELECT 1 FROM courses.purges WHERE course_id = $1`, [courseId]);

    expect(await asAuthor(() => purge.execute(courseId))).toBe(false);
    await asAuthor(() => academy.get(DeleteCourse).execute(courseId));
    expect(await waiting()).toHaveLength(1);
    await asAuthor(() => academy.get(DeleteCourse).restore(courseId));
    expect(await waiting()).toHaveLength(0);

    await asAuthor(() => academy.get(DeleteCourse).execute(courseId));
    academy.clock.advance(30 * DAY);
    expect(await asAuthor(() => purge.execute(courseId))).toBe(false);
    academy.clock.advance(1_000);
    expect(await asAuthor(() => purge.execute(courseId))).toBe(true);
    expect(await asAuthor(() => purge.execute(courseId))).toBe(false);

    await expect(asAuthor(() => academy.get(GetCourse).execute(courseId))).rejects.toMatchObject({
      code: 'course.not_found',
    });
    await expect(asAuthor(() => academy.get(DeleteCourse).restore(courseId))).rejects.toMatchObject({
      code: 'course.not_found',
    });
    expect(await academy.rows('SELECT 1 FROM courses.lessons WHERE course_id = $1', [courseId])).toEqual([]);
    expect(await waiting()).toHaveLength(0);
    const certificate = await asAuthor(() => academy.get(ShowCertificate).execute(certificateId));
    expect(certificate.status).toBe('valid');
    const types = await academy.eventTypes();
    expect(types.filter((type) => type === 'courses.course.purged')).toHaveLength(1);
  });

  it('takes lessons away from no course but a purged one', async () => {
    const courseId = await academy.published(aContent([anArticle()]));
    await academy.rows('SELECT courses.purge_lessons($1)', [courseId]);
    expect(await academy.rows('SELECT 1 FROM courses.lessons WHERE course_id = $1', [courseId])).toHaveLength(
      1,
    );
  });

  it('finds what waits over all tenants at once, and nothing that is not due', async () => {
    expect(coursesToPurge).toContain('purge_after < now()');
    const courseId = await academy.published(aContent([anArticle()]));
    await asAuthor(() => academy.get(DeleteCourse).execute(courseId));
    const due = async () =>
      (await academy.rows<{ courseId: string }>(coursesToPurge)).map((row) => row.courseId);
    // The statement goes by the clock of the database, the test's own stands still.
    const wait = async (days: number) =>
      academy.rows(
        `UPDATE courses.purges SET purge_after = now() + make_interval(days => $2) WHERE course_id = $1`,
        [courseId, days],
      );
    await wait(1);
    expect(await due()).not.toContain(courseId);
    await wait(-1);
    expect(await due()).toContain(courseId);
  });

  it('lets a learner try again whom somebody in charge gives a further attempt', async () => {
    const question = aChoice('single', '*yes', 'no');
    const quiz = aQuiz({ attempts: 1, questions: [question] });
    const courseId = await academy.published(aContent([quiz]));
    const { actor, enrolment } = await enrol(courseId);
    const wrong = question.options.find(({ correct }) => !correct)?.id ?? '';
    const submit = async (optionIds: string[]) =>
      academy.as(actor, () =>
        academy
          .get(SubmitAttempt)
          .execute(enrolment.id, quiz.id, { answers: [{ questionId: question.id, optionIds }] }),
      );
    const grants = academy.get(GrantAttempts);
    const grant = async (lessonId = quiz.id) =>
      asAuthor(() => grants.execute(courseId, enrolment.id, { lessonId, attempts: 2, reason: 'Was ill.' }));

    await submit([wrong]);
    await expect(submit([wrong])).rejects.toMatchObject({ code: 'quiz.no_attempts_left' });
    expect(await grant()).toMatchObject({ used: 1, granted: 2, left: 2, passed: false });
    const view = await academy.as(actor, () => academy.get(OpenLesson).execute(enrolment.id, quiz.id));
    expect(view.quiz).toMatchObject({ attemptsUsed: 1, attemptsLeft: 2 });
    expect(await submit(rightOptions(question))).toMatchObject({ passed: true, attemptsLeft: 1 });
    await expect(grant()).rejects.toMatchObject({ code: 'attempts.passed' });
    expect(await asAuthor(() => grants.quizzes(courseId, enrolment.id))).toMatchObject([
      { lessonId: quiz.id, used: 2, granted: 2, left: 1, bestScore: 100, passed: true },
    ]);
    expect(await academy.eventTypes()).toContain('courses.quiz.attempts_granted');
    const elsewhere = asAuthor(() => grants.quizzes(enrolment.id, enrolment.id));
    await expect(elsewhere).rejects.toMatchObject({ code: 'enrolment.not_found' });
    const foreign = academy.as(author, () => grants.quizzes(courseId, enrolment.id), academy.tenants[1]);
    await expect(foreign).rejects.toMatchObject({ code: 'enrolment.not_found' });
  });

  it('revokes a certificate once and for good, and says so to everybody', async () => {
    const lesson = anArticle();
    const courseId = await academy.published(aContent([lesson]));
    const { certificateId } = await aGraduate(courseId, lesson.id);
    const revoke = async () =>
      asAuthor(() => academy.get(RevokeCertificate).execute(certificateId, 'Issued by mistake.'));
    expect(await revoke()).toMatchObject({ certificateId, reason: 'Issued by mistake.' });
    await expect(revoke()).rejects.toMatchObject({ code: 'certificate.revoked' });
    const shown = await asAuthor(() => academy.get(ShowCertificate).execute(certificateId));
    expect(shown).toMatchObject({ status: 'revoked' });
    expect(JSON.stringify(shown)).not.toContain('mistake');
    expect(await academy.eventTypes()).toContain('courses.certificate.revoked');
  });
});
