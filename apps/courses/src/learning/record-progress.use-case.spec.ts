import { describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { aUser } from '#libs/tenancy/testing';
import { aClassroom } from '../../testing/classroom.js';
import { aContent, anArticle, aQuiz } from '../../testing/content.js';
import { RecordProgress } from './record-progress.use-case.js';

const completed = { state: 'completed', rewind: false } as const;
const started = { state: 'started', rewind: false } as const;

describe(RecordProgress.name, () => {
  it('starts the course with its first lesson', async () => {
    const room = aClassroom(aContent([anArticle(), anArticle()]));
    const [first] = room.lessons;
    const result = await room.as(() =>
      room.recordProgress.execute(room.enrolment.id, first?.id ?? '', started),
    );
    expect(result).toMatchObject({ state: 'started', course: { status: 'in_progress', progress: 0 } });
    expect(room.current()?.startedAt).toEqual(room.clock.now());
    expect(room.events.types).toEqual(['courses.lesson.started']);
  });

  it('counts completed lessons and says where to go on', async () => {
    const room = aClassroom(aContent([anArticle(), anArticle(), anArticle()]));
    const [first, second, third] = room.lessons;
    const complete = (id = '') =>
      room.as(() => room.recordProgress.execute(room.enrolment.id, id, completed));
    expect((await complete(second?.id)).course).toMatchObject({
      lessonsCompleted: 1,
      nextLessonId: first?.id,
    });
    expect((await complete(first?.id)).course).toMatchObject({
      lessonsCompleted: 2,
      nextLessonId: third?.id,
    });
    expect((await complete(first?.id)).course).toMatchObject({ lessonsCompleted: 2, progress: 2 / 3 });
  });

  it('completes the course and issues the certificate with the last lesson, once', async () => {
    const room = aClassroom(aContent([anArticle()], { title: 'Giving feedback' }));
    const id = room.lessons[0]?.id ?? '';
    const complete = () => room.as(() => room.recordProgress.execute(room.enrolment.id, id, completed));
    const { course } = await complete();
    expect(course).toMatchObject({ status: 'completed', progress: 1, nextLessonId: null });
    expect(room.certificates.certificates).toMatchObject([
      { id: course.certificateId, learnerName: 'Sam Sample', courseTitle: 'Giving feedback' },
    ]);
    expect(room.events.types).toEqual([
      'courses.lesson.started',
      'courses.lesson.completed',
      'courses.enrolment.completed',
      'courses.certificate.issued',
    ]);
    await complete();
    expect(room.certificates.certificates).toHaveLength(1);
    expect(room.events.types).toHaveLength(4);
  });

  it('carries the progress in its events, so that averages need no question back', async () => {
    const room = aClassroom(aContent([anArticle(), anArticle()]));
    const id = room.lessons[0]?.id ?? '';
    await room.as(() => room.recordProgress.execute(room.enrolment.id, id, completed));
    expect(room.events.appended.map(({ payload }) => payload)).toMatchObject([
      { lessonId: id, progress: 0 },
      { lessonId: id, progress: 0.5, lessonsCompleted: 1, lessonsTotal: 2 },
    ]);
  });

  it('issues no certificate for a course that gives none', async () => {
    const room = aClassroom(aContent([anArticle()], { certificate: false }));
    const { course } = await room.as(() =>
      room.recordProgress.execute(room.enrolment.id, room.lessons[0]?.id ?? '', completed),
    );
    expect(course).toMatchObject({ status: 'completed', certificateId: null });
  });

  it('prints the name that the academy has on record', async () => {
    const room = aClassroom(aContent([anArticle()]));
    const id = room.enrolment.userId;
    room.people.people.push({
      id,
      name: 'Sam A. Sample',
      email: 's@a.example',
      role: 'learner',
      status: 'active',
    });
    await room.as(() => room.recordProgress.execute(room.enrolment.id, room.lessons[0]?.id ?? '', completed));
    expect(room.certificates.certificates[0]?.learnerName).toBe('Sam A. Sample');
  });

  it('takes nobody’s word for a quiz', async () => {
    const room = aClassroom(aContent([aQuiz()]));
    const record = (input: typeof completed | typeof started) =>
      room.as(() => room.recordProgress.execute(room.enrolment.id, room.lessons[0]?.id ?? '', input));
    await expect(record(completed)).rejects.toMatchObject({ code: 'progress.quiz_needs_attempt' });
    await expect(record(started)).resolves.toMatchObject({ state: 'started' });
  });

  it('writes no event for a position alone', async () => {
    const room = aClassroom(aContent([anArticle()]));
    const id = room.lessons[0]?.id ?? '';
    await room.as(() =>
      room.recordProgress.execute(room.enrolment.id, id, { ...started, positionSeconds: 10 }),
    );
    const result = await room.as(() =>
      room.recordProgress.execute(room.enrolment.id, id, { ...started, positionSeconds: 20 }),
    );
    expect(result.positionSeconds).toBe(20);
    expect(room.events.types).toEqual(['courses.lesson.started']);
  });

  it('knows nothing of another learner’s enrolment or of a strange lesson', async () => {
    const room = aClassroom(aContent([anArticle()]));
    const id = room.lessons[0]?.id ?? '';
    const { id: enrolmentId } = room.enrolment;
    await expect(
      room.as(() => room.recordProgress.execute(enrolmentId, id, completed), aUser()),
    ).rejects.toMatchObject({ kind: 'not_found' });
    await expect(
      room.as(() => room.recordProgress.execute(enrolmentId, newId(), completed)),
    ).rejects.toMatchObject({ code: 'lesson.not_found' });
  });
});
