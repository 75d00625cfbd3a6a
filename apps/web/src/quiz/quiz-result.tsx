import { ArrowRight, CircleCheck, CircleX, RotateCcw } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type {
  AttemptResult,
  LearnerLesson,
  LearnerQuestion,
  QuestionFeedback,
} from '#libs/contracts/courses';
import { Badge } from '../design/badge.js';
import { Button } from '../design/button.js';
import { ProgressRing } from '../design/progress.js';
import { formatPercent } from '../language/numbers.js';
import { t } from '../language/t.js';

interface QuizResultProps {
  readonly lesson: Extract<LearnerLesson, { kind: 'quiz' }>;
  readonly result: AttemptResult;
  /** Just handed in, not found on entering: then the result takes the focus. */
  readonly isFresh: boolean;
  readonly onTryAgain: () => void;
  readonly onGoOn: () => void;
}

export function QuizResult({ lesson, result, isFresh, onTryAgain, onGoOn }: QuizResultProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isFresh) return;
    window.scrollTo({ top: 0 });
    heading.current?.focus({ preventScroll: true });
  }, [isFresh]);
  const mayTryAgain = !result.passed && result.attemptsLeft !== 0;
  return (
    <>
      <section className={result.passed ? 'verdict verdict--passed' : 'verdict'} aria-labelledby="verdict">
        <div className="verdict__ring">
          <ProgressRing
            label={t('quiz.score')}
            value={result.score / 100}
            tone={result.passed ? 'good' : 'warn'}
          >
            <span className="verdict__score" aria-hidden="true">
              {formatPercent(result.score / 100)}
            </span>
          </ProgressRing>
        </div>
        <div className="verdict__text">
          <h2 id="verdict" ref={heading} tabIndex={-1}>
            {result.passed ? t('quiz.passed') : t('quiz.failed')}
          </h2>
          <p>
            {t('quiz.scored', {
              score: formatPercent(result.score / 100),
              mark: formatPercent(result.passMark / 100),
            })}
          </p>
          {!result.passed && <p className="verdict__tries">{triesText(result.attemptsLeft)}</p>}
          <div className="verdict__actions">
            {result.passed && (
              <Button onPress={onGoOn} iconAfter={<ArrowRight aria-hidden />}>
                {t('action.goOn')}
              </Button>
            )}
            {mayTryAgain && (
              <Button onPress={onTryAgain} icon={<RotateCcw aria-hidden />}>
                {t('quiz.tryAgain')}
              </Button>
            )}
          </div>
        </div>
      </section>
      <h2 className="quiz__answers-title">{t('quiz.yourAnswers')}</h2>
      <ol className="quiz__questions">
        {result.feedback.map((feedback, index) => {
          const question = lesson.questions.find(({ id }) => id === feedback.questionId);
          return question === undefined ? null : (
            <li key={feedback.questionId}>
              <Feedback question={question} number={index + 1} feedback={feedback} />
            </li>
          );
        })}
      </ol>
    </>
  );
}

function triesText(left: number | null): string {
  if (left === null) return t('quiz.tryAnyTime');
  return left === 0 ? t('quiz.noAttemptsLeft') : t('quiz.attemptsLeft', { count: left });
}

interface FeedbackProps {
  readonly question: LearnerQuestion;
  readonly number: number;
  readonly feedback: QuestionFeedback;
}

function Feedback({ question, number, feedback }: FeedbackProps) {
  return (
    <div className="question">
      <h3 className="question__label">
        <span className="question__prompt">
          <span className="question__number">{number}</span>
          <span className="question__words">{question.prompt}</span>
        </span>
      </h3>
      <p>
        {feedback.correct ? (
          <Badge tone="good" icon={<CircleCheck aria-hidden />}>
            {t('quiz.correct')}
          </Badge>
        ) : (
          <Badge tone="bad" icon={<CircleX aria-hidden />}>
            {feedback.earned > 0 ? t('quiz.partly') : t('quiz.wrong')}
          </Badge>
        )}
      </p>
      {question.kind === 'short' ? (
        <ShortFeedback feedback={feedback} />
      ) : (
        <OptionFeedback question={question} feedback={feedback} />
      )}
      {feedback.explanation !== '' && <p className="question__explanation">{feedback.explanation}</p>}
    </div>
  );
}

function ShortFeedback({ feedback }: { readonly feedback: QuestionFeedback }) {
  const answers = feedback.solution?.answers ?? [];
  return (
    <dl className="question__short">
      <div>
        <dt>{t('quiz.yourAnswer')}</dt>
        <dd>{feedback.text === null || feedback.text === '' ? t('quiz.none') : feedback.text}</dd>
      </div>
      {!feedback.correct && answers.length > 0 && (
        <div>
          <dt>{t('quiz.rightAnswer')}</dt>
          <dd>{answers.join(' · ')}</dd>
        </div>
      )}
    </dl>
  );
}

function OptionFeedback({ question, feedback }: Pick<FeedbackProps, 'question' | 'feedback'>) {
  const right = feedback.solution?.optionIds ?? null;
  return (
    <ul className="question__options">
      {question.options.map((option) => {
        const chosen = feedback.optionIds.includes(option.id);
        const isRight = right?.includes(option.id) ?? (feedback.correct && chosen);
        // Of several choices it is not told which one was wrong while the quiz can be tried again.
        const isKnown = feedback.correct || right !== null || question.kind === 'single';
        const said = feedback.options.find(({ optionId }) => optionId === option.id)?.feedback ?? '';
        return (
          <li key={option.id} className={optionClass(chosen, isRight, isKnown)}>
            <span className="option__text">{option.text}</span>
            <span className="option__note">
              {chosen && t('quiz.youChose')}
              {chosen && right !== null && isRight && ' · '}
              {right !== null && isRight && t('quiz.isRight')}
            </span>
            {said !== '' && <span className="option__said">{said}</span>}
          </li>
        );
      })}
    </ul>
  );
}

function optionClass(chosen: boolean, right: boolean, known: boolean): string {
  if (known && right) return 'option option--right';
  if (chosen && known) return 'option option--wrong';
  return chosen ? 'option option--chosen' : 'option';
}
