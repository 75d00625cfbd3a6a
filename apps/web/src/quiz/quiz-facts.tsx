import { Flag, ListChecks, Repeat } from 'lucide-react';
import type { LearnerLesson } from '#libs/contracts/courses';
import { formatPercent } from '../language/numbers.js';
import { t } from '../language/t.js';
import './quiz.css';

interface QuizFactsProps {
  readonly lesson: Pick<Extract<LearnerLesson, { kind: 'quiz' }>, 'questions' | 'passMark'>;
  /** null = without limit. */
  readonly attemptsLeft: number | null;
  readonly attemptsUsed: number;
}

/** What to know before answering. */
export function QuizFacts({ lesson, attemptsLeft, attemptsUsed }: QuizFactsProps) {
  return (
    <ul className="quiz-facts">
      <li>
        <ListChecks aria-hidden />
        {t('quiz.questions', { count: lesson.questions.length })}
      </li>
      <li>
        <Flag aria-hidden />
        {t('quiz.passMark', { share: formatPercent(lesson.passMark / 100) })}
      </li>
      <li>
        <Repeat aria-hidden />
        {attemptsLeft === null
          ? t('quiz.unlimited')
          : attemptsUsed === 0
            ? t('quiz.attempts', { count: attemptsLeft })
            : t('quiz.attemptsLeft', { count: attemptsLeft })}
      </li>
    </ul>
  );
}
