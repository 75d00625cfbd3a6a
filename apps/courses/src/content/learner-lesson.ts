import type { LearnerLesson, LearnerQuestion, Lesson, Question } from '#libs/contracts/courses';
import { shuffled } from '../quiz/shuffle.js';
import { urlOf } from './content.js';
import { renderMarkdown } from './markdown.js';

/**
 * A lesson with everything taken out that a learner must not see.
 *
 * @param order What decides the order of a shuffled quiz: the same text, the same order.
 */
export function learnerLessonOf(lesson: Lesson, order: string): LearnerLesson {
  const { id, title, minutes } = lesson;
  switch (lesson.kind) {
    case 'article':
      return { id, title, minutes, kind: 'article', html: renderMarkdown(lesson.markdown) };
    case 'video':
      return {
        ...{ id, title, minutes, kind: 'video' },
        url: lesson.source === null ? '' : urlOf(lesson.source),
        transcriptHtml: renderMarkdown(lesson.transcript),
      };
    case 'file':
      return {
        ...{ id, title, minutes, kind: 'file' },
        url: lesson.source === null ? '' : urlOf(lesson.source),
        descriptionHtml: renderMarkdown(lesson.description),
      };
    case 'quiz': {
      const { passMark, attempts } = lesson;
      const inOrder = <T>(things: readonly T[], what: string) =>
        lesson.shuffle ? shuffled(things, `${order}/${what}`) : [...things];
      return {
        ...{ id, title, minutes, kind: 'quiz', passMark, attempts },
        introHtml: renderMarkdown(lesson.intro),
        questions: inOrder(lesson.questions, 'questions').map((question) =>
          learnerQuestionOf(question, (options) => inOrder(options, question.id)),
        ),
      };
    }
  }
}

function learnerQuestionOf(question: Question, inOrder: <T>(things: readonly T[]) => T[]): LearnerQuestion {
  const { id, kind, prompt, points } = question;
  const options = question.kind === 'short' ? [] : inOrder(question.options);
  return {
    id,
    kind,
    prompt,
    points,
    options: options.map((option) => ({ id: option.id, text: option.text })),
  };
}
