import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type {
  AttemptResult,
  CourseProgress,
  LearnerLesson,
  LessonView,
  submitAttempt,
} from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { Article } from '../player/lesson-body.js';
import { lessonKey } from '../player/player.queries.js';
import { useLearned } from '../player/use-progress.js';
import { attemptOf, type Answers } from './answers.js';
import { AnswerStore } from './answer-store.js';
import { QuizFacts } from './quiz-facts.js';
import { QuizForm } from './quiz-form.js';
import { QuizResult } from './quiz-result.js';

type QuizOf = Extract<LearnerLesson, { kind: 'quiz' }>;

interface QuizProps {
  readonly view: LessonView;
  readonly lesson: QuizOf;
  readonly course: CourseProgress;
  readonly onGoOn: (course: CourseProgress) => void;
}

/** A quiz is either being answered or shows its last result; a failed one can be tried again while tries are left. */
export function Quiz({ view, lesson, course, onGoOn }: QuizProps) {
  const api = useApi();
  const queries = useQueryClient();
  const learned = useLearned(view.enrolmentId, lesson.id);
  const [result, setResult] = useState<AttemptResult | null>(view.quiz?.last ?? null);
  const [fresh, setFresh] = useState(false);
  const used = view.quiz?.attemptsUsed ?? 0;
  const [store] = useState(
    () => new AnswerStore(localStorage, `harka.quiz.${view.enrolmentId}.${lesson.id}`),
  );
  const attempt = useMutation({
    mutationFn: async (answers: Answers) => {
      const { data } = await api.send<typeof submitAttempt>(
        'POST',
        '/api/v1/me/courses/:enrolmentId/lessons/:lessonId/attempts',
        {
          params: { enrolmentId: view.enrolmentId, lessonId: lesson.id },
          body: attemptOf(lesson.questions, answers),
        },
      );
      return data;
    },
    onSuccess: ({ course: progress, ...graded }) => {
      store.clear();
      setResult(graded);
      setFresh(true);
      learned(graded.passed ? 'completed' : 'started', progress);
      void queries.invalidateQueries({ queryKey: lessonKey(view.enrolmentId, lesson.id) });
    },
  });
  const tryAgain = async (): Promise<void> => {
    // A new try may come in a new order.
    await queries.refetchQueries({ queryKey: lessonKey(view.enrolmentId, lesson.id) });
    attempt.reset();
    setResult(null);
  };
  if (result !== null) {
    return (
      <QuizResult
        lesson={lesson}
        result={result}
        isFresh={fresh}
        onTryAgain={() => {
          void tryAgain();
        }}
        onGoOn={() => {
          onGoOn(course);
        }}
      />
    );
  }
  return (
    <>
      <QuizFacts lesson={lesson} attemptsLeft={view.quiz?.attemptsLeft ?? null} attemptsUsed={used} />
      {lesson.introHtml !== '' && <Article html={lesson.introHtml} />}
      <QuizForm
        questions={lesson.questions}
        store={store}
        isSending={attempt.isPending}
        error={attempt.error}
        onSubmit={attempt.mutate}
      />
    </>
  );
}
