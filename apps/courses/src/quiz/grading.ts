import type { AttemptInput, Question, QuestionFeedback, QuizLesson } from '#libs/contracts/courses';
import type { Fault } from '#libs/kernel';

export type Answer = AttemptInput['answers'][number];

export interface Grade {
  /** Per cent of the points, rounded down; so it reaches a whole pass mark only when the points do. */
  readonly score: number;
  readonly passed: boolean;
}

/** Answers that cannot belong to the quiz: unknown questions or options, one question twice. */
export function strayAnswers(quiz: QuizLesson, answers: readonly Answer[]): Fault[] {
  const seen = new Set<string>();
  return answers.flatMap(({ questionId, optionIds = [] }, a): Fault[] => {
    const at = `/answers/${a}`;
    const question = quiz.questions.find(({ id }) => id === questionId);
    if (question === undefined) {
      return [fault(`${at}/questionId`, 'answer.unknown_question', 'This quiz has no such question.')];
    }
    if (seen.has(questionId)) {
      return [fault(`${at}/questionId`, 'answer.repeated', 'This question is answered twice.')];
    }
    seen.add(questionId);
    const known = question.kind === 'short' ? [] : question.options.map(({ id }) => id);
    const stray = optionIds.findIndex((id) => !known.includes(id));
    if (stray >= 0) {
      return [
        fault(`${at}/optionIds/${stray}`, 'answer.unknown_option', 'This question has no such option.'),
      ];
    }
    return [];
  });
}

export function grade(quiz: QuizLesson, answers: readonly Answer[]): Grade {
  const total = quiz.questions.reduce((sum, { points }) => sum + points, 0);
  const earned = quiz.questions
    .filter((question) => isRight(question, answerTo(question, answers)))
    .reduce((sum, { points }) => sum + points, 0);
  const score = total === 0 ? 100 : Math.floor((earned * 100) / total);
  return { score, passed: score >= quiz.passMark };
}

/** What the learner is told about each question. `reveal` says whether the right answers may be shown. */
export function feedbackOn(
  quiz: QuizLesson,
  answers: readonly Answer[],
  reveal: boolean,
): QuestionFeedback[] {
  return quiz.questions.map((question) => {
    const answer = answerTo(question, answers);
    const correct = isRight(question, answer);
    const chosen = answer?.optionIds ?? [];
    const options = question.kind === 'short' ? [] : question.options;
    return {
      questionId: question.id,
      correct,
      points: question.points,
      earned: correct ? question.points : 0,
      optionIds: [...chosen],
      text: answer?.text ?? null,
      options: options
        .filter(({ id, feedback }) => chosen.includes(id) && feedback !== '')
        .map(({ id, feedback }) => ({ optionId: id, feedback })),
      explanation: question.explanation,
      solution: reveal ? solutionOf(question) : null,
    };
  });
}

/** Case, white space and accents do not count in a short answer. */
export function normalised(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/gu, ' ').trim();
}

function isRight(question: Question, answer: Answer | undefined): boolean {
  if (question.kind === 'short') {
    const given = normalised(answer?.text ?? '');
    return given !== '' && question.answers.some((right) => normalised(right) === given);
  }
  const right = question.options.filter(({ correct }) => correct).map(({ id }) => id);
  const chosen = new Set(answer?.optionIds ?? []);
  return chosen.size === right.length && right.every((id) => chosen.has(id));
}

function solutionOf(question: Question): { optionIds: string[]; answers: string[] } {
  if (question.kind === 'short') return { optionIds: [], answers: question.answers };
  return { optionIds: question.options.filter(({ correct }) => correct).map(({ id }) => id), answers: [] };
}

function answerTo({ id }: Question, answers: readonly Answer[]): Answer | undefined {
  return answers.find(({ questionId }) => questionId === id);
}

function fault(pointer: string, code: string, detail: string): Fault {
  return { pointer, code, detail };
}
