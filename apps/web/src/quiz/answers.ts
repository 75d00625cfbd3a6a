import type { AttemptInput, LearnerQuestion } from '#libs/contracts/courses';

/** What was chosen or typed, by question. */
export type Answers = Readonly<Record<string, readonly string[] | string>>;

function isAnswered(question: LearnerQuestion, answers: Answers): boolean {
  const answer = answers[question.id];
  if (answer === undefined) return false;
  return typeof answer === 'string' ? answer.trim() !== '' : answer.length > 0;
}

export const unanswered = (
  questions: readonly LearnerQuestion[],
  answers: Answers,
): readonly LearnerQuestion[] => questions.filter((question) => !isAnswered(question, answers));

/** The answers as the server takes them. */
export function attemptOf(questions: readonly LearnerQuestion[], answers: Answers): AttemptInput {
  return {
    answers: questions
      .filter((question) => isAnswered(question, answers))
      .map((question) => {
        const answer = answers[question.id] ?? '';
        return typeof answer === 'string'
          ? { questionId: question.id, text: answer.trim() }
          : { questionId: question.id, optionIds: [...answer] };
      }),
  };
}
