import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useId, useState } from 'react';
import type { grantAttempts, ManagedEnrolment, ManagedQuiz } from '#libs/contracts/courses';
import { useApi } from '../api/api-context.js';
import { Button } from '../design/button.js';
import { Dialog } from '../design/dialog.js';
import { TextField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { Loading, SkeletonText } from '../design/skeleton.js';
import { useToasts } from '../design/toasts.js';
import { t } from '../language/t.js';
import { fieldErrors } from '../session/field-errors.js';
import { FormProblem } from '../session/form-problem.js';
import { Problem } from '../shell/problem-page.js';
import { quizzesQuery } from './authoring.queries.js';
import { NumberField } from './number-field.js';

interface AttemptsDialogProps {
  readonly courseId: string;
  readonly enrolment: ManagedEnrolment;
  readonly name: string;
  readonly onClose: () => void;
}

/** Further tries for one learner, at a quiz that allows only so many. */
export function AttemptsDialog({ courseId, enrolment, name, onClose }: AttemptsDialogProps) {
  const api = useApi();
  const queries = useQueryClient();
  const toasts = useToasts();
  const form = useId();
  const { enrolmentId } = enrolment;
  const query = quizzesQuery(api, courseId, enrolmentId);
  const quizzes = useQuery(query);
  const limited = quizzes.data?.items.filter(({ left, passed }) => left !== null && !passed) ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const [attempts, setAttempts] = useState(1);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const lessonId = chosen ?? limited[0]?.lessonId ?? '';
  const grant = useMutation({
    mutationFn: () =>
      api.send<typeof grantAttempts>('POST', '/api/v1/courses/:courseId/enrolments/:enrolmentId/attempts', {
        params: { courseId, enrolmentId },
        body: { lessonId, attempts, reason: reason.trim() },
      }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: query.queryKey });
      toasts.show(t('attempts.granted', { count: attempts, name }));
      onClose();
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (reason.trim() !== '' && lessonId !== '') grant.mutate();
  };
  return (
    <Dialog
      title={t('attempts.title', { name })}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button look="secondary" onPress={onClose}>
            {t('action.cancel')}
          </Button>
          {limited.length > 0 && (
            <Button type="submit" form={form} isPending={grant.isPending}>
              {t('attempts.action')}
            </Button>
          )}
        </>
      }
    >
      {quizzes.isPending && (
        <Loading>
          <SkeletonText lines={4} />
        </Loading>
      )}
      {quizzes.isError && (
        <Problem
          level={2}
          error={quizzes.error}
          onRetry={() => {
            void quizzes.refetch();
          }}
        />
      )}
      {quizzes.isSuccess && limited.length === 0 && <Notice tone="info">{t('attempts.none')}</Notice>}
      {limited.length > 0 && (
        <form id={form} className="form" onSubmit={submit} noValidate>
          <FormProblem error={grant.error} />
          <fieldset className="choices">
            <legend className="field__label">{t('attempts.quiz')}</legend>
            {limited.map((quiz) => (
              <QuizChoice
                key={quiz.lessonId}
                quiz={quiz}
                name={`${form}-quiz`}
                isChosen={quiz.lessonId === lessonId}
                onChoose={() => {
                  setChosen(quiz.lessonId);
                }}
              />
            ))}
          </fieldset>
          <NumberField
            label={t('attempts.howMany')}
            value={attempts}
            min={1}
            max={20}
            onChange={setAttempts}
          />
          <TextField
            label={t('attempts.reason')}
            description={t('attempts.reasonHint')}
            value={reason}
            onChange={setReason}
            maxLength={500}
            isRequired
            error={
              tried && reason.trim() === '' ? t('attempts.reasonMissing') : fieldErrors(grant.error)['reason']
            }
          />
        </form>
      )}
    </Dialog>
  );
}

interface QuizChoiceProps {
  readonly quiz: ManagedQuiz;
  readonly name: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function QuizChoice({ quiz, name, isChosen, onChoose }: QuizChoiceProps) {
  return (
    <label className="check">
      <input type="radio" name={name} checked={isChosen} onChange={onChoose} />
      <span>
        {quiz.title || t('editor.untitledLesson')}
        <span className="learner__email">
          {t('attempts.standing', { used: quiz.used, left: quiz.left ?? 0 })}
        </span>
      </span>
    </label>
  );
}
