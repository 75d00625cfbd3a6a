import { describe, expect, it } from '@jest/globals';
import { aClassroom } from '../../testing/classroom.js';
import { aChoice, aContent, anArticle, aQuiz, aShortQuestion } from '../../testing/content.js';
import { OpenLesson } from './open-lesson.use-case.js';

const options = ['*right one', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const quiz = aQuiz({
  shuffle: true,
  attempts: 3,
  questions: [aChoice('single', ...options), aChoice('multiple', ...options), aShortQuestion('secret word')],
});

function openQuiz() {
  const room = aClassroom(aContent([anArticle(), quiz]));
  const open = (id = quiz.id) => room.as(() => room.openLesson.execute(room.enrolment.id, id));
  return { ...room, open };
}

describe(OpenLesson.name, () => {
  it('gives no answer away before an attempt', async () => {
    const { open } = openQuiz();
    const text = JSON.stringify(await open());
    expect(text).not.toMatch(/correct|secret word|feedback|explanation|Because/);
    expect(text).toContain('right one');
  });

  it('keeps the order of a learner until he has tried, and shows another one then', async () => {
    const { open, as, submitAttempt, enrolment } = openQuiz();
    const first = await open();
    expect(await open()).toEqual(first);
    await as(() => submitAttempt.execute(enrolment.id, quiz.id, { answers: [] }));
    const second = await open();
    expect(second.lesson).not.toEqual(first.lesson);
    expect(second.quiz).toMatchObject({ attemptsUsed: 1, attemptsLeft: 2, bestScore: 0, passed: false });
    expect(second.quiz?.last).toMatchObject({
      attempt: 1,
      score: 0,
      feedback: [{ explanation: 'Because.' }, {}, {}],
    });
  });

  it('shows articles as HTML and the way to the neighbours', async () => {
    const room = openQuiz();
    const [article] = room.lessons;
    const view = await room.open(article?.id);
    expect(view).toMatchObject({
      lesson: { kind: 'article', html: '<p>Some <em>words</em>.</p>\n' },
      state: 'not_started',
      previousLessonId: null,
      nextLessonId: quiz.id,
      quiz: null,
    });
  });
});
