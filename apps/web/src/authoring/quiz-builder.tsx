import { Plus } from 'lucide-react';
import { useId } from 'react';
import type { Question, QuizLesson } from '#libs/contracts/courses';
import { newUuid } from '../api/request.js';
import { Button } from '../design/button.js';
import { t } from '../language/t.js';
import { moved, newQuestion, placed } from './draft-edits.js';
import { MarkdownField } from './markdown-field.js';
import { NumberField } from './number-field.js';
import { QuestionForm } from './question-form.js';
import { Reorder } from './reorder.js';
import './quiz-builder.css';

interface QuizBuilderProps {
  readonly quiz: QuizLesson;
  readonly onChange: (quiz: QuizLesson) => void;
}

export function QuizBuilder({ quiz, onChange }: QuizBuilderProps) {
  const id = useId();
  const setQuestions = (questions: Question[]): void => {
    onChange({ ...quiz, questions });
  };
  return (
    <>
      <MarkdownField
        label={t('builder.intro')}
        description={t('builder.introHint')}
        rows={4}
        value={quiz.intro}
        onChange={(intro) => {
          onChange({ ...quiz, intro });
        }}
      />
      <div className="part-form__row">
        <NumberField
          label={t('builder.passMark')}
          value={quiz.passMark}
          max={100}
          onChange={(passMark) => {
            onChange({ ...quiz, passMark });
          }}
        />
        <NumberField
          label={t('builder.attempts')}
          description={t('builder.attemptsHint')}
          value={quiz.attempts}
          max={100}
          onChange={(attempts) => {
            onChange({ ...quiz, attempts });
          }}
        />
      </div>
      <label className="check" htmlFor={`${id}-shuffle`}>
        <input
          id={`${id}-shuffle`}
          type="checkbox"
          checked={quiz.shuffle}
          onChange={(event) => {
            onChange({ ...quiz, shuffle: event.target.checked });
          }}
        />
        {t('builder.shuffle')}
      </label>
      <ol className="builder" aria-label={t('builder.questions')}>
        {quiz.questions.map((question, index) => (
          <li key={question.id}>
            <Reorder
              kind="question"
              id={question.id}
              name={question.prompt || t('builder.question', { number: index + 1 })}
              onPlace={({ id: dragged }, where) => {
                setQuestions(placed(quiz.questions, dragged, question.id, where));
              }}
            >
              {(handle) => (
                <QuestionForm
                  question={question}
                  number={index + 1}
                  handle={handle}
                  onChange={(next) => {
                    setQuestions(quiz.questions.map((own) => (own.id === question.id ? next : own)));
                  }}
                  onMove={(direction) => {
                    setQuestions(moved(quiz.questions, question.id, direction));
                  }}
                  onRemove={() => {
                    setQuestions(quiz.questions.filter((own) => own.id !== question.id));
                  }}
                />
              )}
            </Reorder>
          </li>
        ))}
      </ol>
      <p>
        <Button
          look="secondary"
          icon={<Plus aria-hidden />}
          onPress={() => {
            setQuestions([...quiz.questions, newQuestion('single', newUuid)]);
          }}
        >
          {t('builder.addQuestion')}
        </Button>
      </p>
    </>
  );
}
