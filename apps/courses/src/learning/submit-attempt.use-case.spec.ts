import { describe, expect, it } from '@jest/globals';
import { newId } from '#libs/kernel';
import { aClassroom } from '../../testing/classroom.js';
import { aChoice, aContent, anArticle, aQuiz, rightOptions } from '../../testing/content.js';
import { SubmitAttempt } from './submit-attempt.use-case.js';

const question = aChoice('single', '*yes', 'no');
const right = { answers: [{ questionId: question.id, optionIds: rightOptions(question) }] };
const wrong = { answers: [] };

function aQuizRoom(attempts = 0) {
  const room = aClassroom(aContent([aQuiz({ questions: [question], attempts }), anArticle()]));
  const id = room.lessons[0]?.id ?? '';
  const submit = (input: typeof right | typeof wrong) =>
    room.as(() => room.submitAttempt.execute(room.enrolment.id, id, input));
  return { ...room, submit };
}

describe(SubmitAttempt.name, () => {
  it('completes the lesson with the first attempt that passes', async () => {
    const room = aQuizRoom();
    expect(await room.submit(wrong)).toMatchObject({
      attempt: 1,
      passed: false,
      course: { lessonsCompleted: 0 },
    });
    expect(await room.submit(right)).toMatchObject({
      attempt: 2,
      passed: true,
      course: { lessonsCompleted: 1 },
    });
    expect(room.events.types).toEqual([
      'courses.lesson.started',
      'courses.quiz.attempted',
      'courses.quiz.attempted',
      'courses.lesson.completed',
    ]);
  });

  it('stays completed when a later attempt fails', async () => {
    const room = aQuizRoom();
    await room.submit(right);
    const later = await room.submit(wrong);
    expect(later).toMatchObject({ passed: false, course: { lessonsCompleted: 1 } });
  });

  it('ends with the last attempt', async () => {
    const room = aQuizRoom(2);
    expect(await room.submit(wrong)).toMatchObject({ attemptsLeft: 1 });
    expect(await room.submit(wrong)).toMatchObject({ attemptsLeft: 0 });
    await expect(room.submit(right)).rejects.toMatchObject({
      code: 'quiz.no_attempts_left',
      kind: 'conflict',
    });
  });

  it('keeps the solution back while it would help', async () => {
    const room = aQuizRoom(2);
    expect((await room.submit(wrong)).feedback[0]?.solution).toBeNull();
    expect((await room.submit(wrong)).feedback[0]?.solution).not.toBeNull();
    const passing = aQuizRoom(5);
    expect((await passing.submit(right)).feedback[0]?.solution).not.toBeNull();
  });

  it('refuses answers that are not of this quiz, and counts no attempt', async () => {
    const room = aQuizRoom(1);
    const stray = { answers: [{ questionId: newId(), optionIds: [] }] };
    await expect(room.submit(stray)).rejects.toMatchObject({
      code: 'quiz.answers_invalid',
      faults: [{ pointer: '/answers/0/questionId' }],
    });
    expect(await room.submit(right)).toMatchObject({ attempt: 1 });
  });

  it('grades quizzes only', async () => {
    const room = aQuizRoom();
    const article = room.lessons[1]?.id ?? '';
    await expect(
      room.as(() => room.submitAttempt.execute(room.enrolment.id, article, wrong)),
    ).rejects.toMatchObject({ code: 'quiz.not_a_quiz' });
  });
});
