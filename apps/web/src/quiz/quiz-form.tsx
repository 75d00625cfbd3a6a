import { type SubmitEvent, useRef, useState } from 'react';
import type { LearnerQuestion } from '#libs/contracts/courses';
import { Button } from '../design/button.js';
import { Notice } from '../design/notice.js';
import { t } from '../language/t.js';
import { FormProblem } from '../session/form-problem.js';
import { type Answers, unanswered } from './answers.js';
import { type AnswerStore } from './answer-store.js';
import { QuestionField } from './question-field.js';

interface QuizFormProps {
  readonly questions: readonly LearnerQuestion[];
  readonly store: AnswerStore;
  readonly isSending: boolean;
  readonly error: unknown;
  readonly onSubmit: (answers: Answers) => void;
}

export function QuizForm({ questions, store, isSending, error, onSubmit }: QuizFormProps) {
  const [answers, setAnswers] = useState(() => store.read());
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const open = unanswered(questions, answers);

  const answer = (questionId: string, value: Answers[string]): void => {
    const next = { ...answers, [questionId]: value };
    setAnswers(next);
    store.write(next);
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const first = open[0];
    if (first !== undefined && !tried) {
      // Asked once; a second press hands the quiz in with gaps.
      setTried(true);
      form.current?.querySelector<HTMLElement>(`[data-question="${first.id}"] input`)?.focus();
      return;
    }
    onSubmit(answers);
  };
  return (
    <form ref={form} className="quiz" onSubmit={submit} noValidate>
      <ol className="quiz__questions">
        {questions.map((question, index) => (
          <li key={question.id} data-question={question.id}>
            <QuestionField
              question={question}
              number={index + 1}
              value={answers[question.id]}
              onChange={(value) => {
                answer(question.id, value);
              }}
              isMissing={tried && open.includes(question)}
            />
          </li>
        ))}
      </ol>
      {tried && open.length > 0 && (
        <Notice tone="warn" live>
          {t('quiz.openQuestions', { count: open.length })}
        </Notice>
      )}
      <FormProblem error={error} say={{ 'quiz.no_attempts_left': t('quiz.noAttemptsLeft') }} />
      <div className="quiz__submit">
        <Button type="submit" size="l" isPending={isSending}>
          {t('quiz.submit')}
        </Button>
        <p className="quiz__answered">
          {t('quiz.answered', { done: questions.length - open.length, count: questions.length })}
        </p>
      </div>
    </form>
  );
}
