import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode } from 'react';
import type { Question } from '#libs/contracts/courses';
import { newUuid } from '../api/request.js';
import { Button, IconButton } from '../design/button.js';
import { SelectField, TextField } from '../design/field.js';
import { t } from '../language/t.js';
import { type Direction, moved, newOption, placed, withKind } from './draft-edits.js';
import { NumberField } from './number-field.js';
import { PartTools } from './part-tools.js';
import { Reorder } from './reorder.js';

interface QuestionFormProps {
  readonly question: Question;
  readonly number: number;
  /** What a pointer drags it by. */
  readonly handle: ReactNode;
  readonly onChange: (question: Question) => void;
  readonly onMove: (direction: Direction) => void;
  readonly onRemove: () => void;
}

export function QuestionForm({ question, number, handle, onChange, onMove, onRemove }: QuestionFormProps) {
  const name = t('builder.question', { number });
  return (
    <fieldset className="builder__question">
      <legend className="visually-hidden">{name}</legend>
      <div className="part-form__header">
        <h3 className="builder__title">
          {handle}
          {name}
        </h3>
        <PartTools onMove={onMove} onRemove={onRemove} name={name} />
      </div>
      <TextField
        label={t('builder.prompt')}
        multiline
        rows={2}
        maxLength={2000}
        value={question.prompt}
        onChange={(prompt) => {
          onChange({ ...question, prompt });
        }}
      />
      <div className="part-form__row part-form__row--wide-first">
        <SelectField
          label={t('builder.kind')}
          value={question.kind}
          options={[
            { value: 'single', label: t('builder.single') },
            { value: 'multiple', label: t('builder.multiple') },
            { value: 'short', label: t('builder.short') },
          ]}
          onChange={(kind) => {
            onChange(withKind(question, kind, newUuid));
          }}
        />
        <NumberField
          label={t('builder.points')}
          value={question.points}
          max={100}
          onChange={(points) => {
            onChange({ ...question, points });
          }}
        />
      </div>
      {question.kind === 'short' ? (
        <TextField
          label={t('builder.answers')}
          description={t('builder.answersHint')}
          multiline
          rows={3}
          value={question.answers.join('\n')}
          onChange={(text) => {
            onChange({ ...question, answers: text.split('\n').map((answer) => answer.slice(0, 200)) });
          }}
        />
      ) : (
        <Options question={question} onChange={onChange} />
      )}
      <TextField
        label={t('builder.explanation')}
        description={t('builder.explanationHint')}
        multiline
        rows={2}
        maxLength={4000}
        value={question.explanation}
        onChange={(explanation) => {
          onChange({ ...question, explanation });
        }}
      />
    </fieldset>
  );
}

type Choice = Extract<Question, { kind: 'single' | 'multiple' }>;
type Option = Choice['options'][number];

function Options({
  question,
  onChange,
}: {
  readonly question: Choice;
  readonly onChange: (question: Choice) => void;
}) {
  const setOptions = (options: Option[]): void => {
    onChange({ ...question, options });
  };
  const change = (id: string, changes: Partial<Option>): void => {
    setOptions(question.options.map((option) => (option.id === id ? { ...option, ...changes } : option)));
  };
  const mark = (id: string, correct: boolean): void => {
    setOptions(
      question.options.map((option) => {
        if (option.id === id) return { ...option, correct };
        return question.kind === 'single' && correct ? { ...option, correct: false } : option;
      }),
    );
  };
  return (
    <div className="builder__options">
      <p className="field__label">{t('builder.options')}</p>
      <p className="field__description">
        {question.kind === 'single' ? t('builder.markOne') : t('builder.markAll')}
      </p>
      <ul>
        {question.options.map((option, index) => (
          <li
            key={option.id}
            onKeyDown={(event) => {
              const direction = directionOf(event);
              if (direction === null) return;
              event.preventDefault();
              setOptions(moved(question.options, option.id, direction));
            }}
          >
            <Reorder
              kind={`option-${question.id}`}
              id={option.id}
              name={option.text || t('builder.option', { number: index + 1 })}
              onPlace={({ id }, where) => {
                setOptions(placed(question.options, id, option.id, where));
              }}
              className="builder__option"
            >
              {(handle) => (
                <>
                  {handle}
                  <input
                    type={question.kind === 'single' ? 'radio' : 'checkbox'}
                    name={`right-${question.id}`}
                    aria-label={t('builder.isRight', { number: index + 1 })}
                    checked={option.correct}
                    onChange={(event) => {
                      mark(option.id, event.target.checked);
                    }}
                  />
                  <TextField
                    label={t('builder.option', { number: index + 1 })}
                    hideLabel
                    placeholder={t('builder.option', { number: index + 1 })}
                    maxLength={1000}
                    value={option.text}
                    onChange={(text) => {
                      change(option.id, { text });
                    }}
                  />
                  <TextField
                    label={t('builder.feedback', { number: index + 1 })}
                    hideLabel
                    placeholder={t('builder.feedbackHint')}
                    maxLength={1000}
                    value={option.feedback}
                    onChange={(feedback) => {
                      change(option.id, { feedback });
                    }}
                  />
                  <span className="builder__option-tools">
                    <IconButton
                      label={t('builder.optionUp', { number: index + 1 })}
                      isDisabled={index === 0}
                      onPress={() => {
                        setOptions(moved(question.options, option.id, 'up'));
                      }}
                    >
                      <ArrowUp aria-hidden />
                    </IconButton>
                    <IconButton
                      label={t('builder.optionDown', { number: index + 1 })}
                      isDisabled={index === question.options.length - 1}
                      onPress={() => {
                        setOptions(moved(question.options, option.id, 'down'));
                      }}
                    >
                      <ArrowDown aria-hidden />
                    </IconButton>
                    <IconButton
                      label={t('builder.removeOption', { number: index + 1 })}
                      isDisabled={question.options.length <= 2}
                      onPress={() => {
                        setOptions(question.options.filter(({ id }) => id !== option.id));
                      }}
                    >
                      <X aria-hidden />
                    </IconButton>
                  </span>
                </>
              )}
            </Reorder>
          </li>
        ))}
      </ul>
      <p>
        <Button
          look="quiet"
          size="s"
          icon={<Plus aria-hidden />}
          isDisabled={question.options.length >= 20}
          onPress={() => {
            setOptions([...question.options, newOption(newUuid)]);
          }}
        >
          {t('builder.addOption')}
        </Button>
      </p>
    </div>
  );
}

/** Alt with an arrow moves an option from whichever of its fields has the focus. */
function directionOf({ altKey, key }: KeyboardEvent): Direction | null {
  if (!altKey) return null;
  if (key === 'ArrowUp') return 'up';
  return key === 'ArrowDown' ? 'down' : null;
}
