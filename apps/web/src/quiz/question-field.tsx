import { Check } from 'lucide-react';
import { CheckboxButton, CheckboxField } from 'react-aria-components/Checkbox';
import { CheckboxGroup } from 'react-aria-components/CheckboxGroup';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { RadioButton, RadioField, RadioGroup } from 'react-aria-components/RadioGroup';
import { Text } from 'react-aria-components/Text';
import { TextField } from 'react-aria-components/TextField';
import type { LearnerQuestion } from '#libs/contracts/courses';
import { t } from '../language/t.js';
import { type Answers } from './answers.js';
import '../design/field.css';

interface QuestionFieldProps {
  readonly question: LearnerQuestion;
  readonly number: number;
  readonly value: Answers[string] | undefined;
  readonly onChange: (value: Answers[string]) => void;
  readonly isMissing: boolean;
}

export function QuestionField(props: QuestionFieldProps) {
  switch (props.question.kind) {
    case 'single':
      return <SingleChoice {...props} />;
    case 'multiple':
      return <MultipleChoice {...props} />;
    case 'short':
      return <ShortAnswer {...props} />;
  }
}

function Prompt({
  question,
  number,
  isMissing,
}: Pick<QuestionFieldProps, 'question' | 'number' | 'isMissing'>) {
  return (
    <span className="question__prompt">
      <span className="question__number">
        <span className="visually-hidden">{t('quiz.question')} </span>
        {number}
      </span>
      <span className="question__words">
        {question.prompt}
        {isMissing && <span className="question__missing">{t('quiz.notAnswered')}</span>}
      </span>
    </span>
  );
}

function SingleChoice({ question, number, value, onChange, isMissing }: QuestionFieldProps) {
  const chosen = chosenOf(value)[0];
  return (
    <RadioGroup
      className="question"
      value={chosen ?? null}
      onChange={(id) => {
        onChange([id]);
      }}
    >
      <Label className="question__label">
        <Prompt question={question} number={number} isMissing={isMissing} />
      </Label>
      <div className="question__options">
        {question.options.map((option) => (
          <RadioField key={option.id} value={option.id}>
            <RadioButton className="choice">
              <span className="choice__mark choice__mark--round" aria-hidden="true" />
              <span className="choice__text">{option.text}</span>
            </RadioButton>
          </RadioField>
        ))}
      </div>
    </RadioGroup>
  );
}

function MultipleChoice({ question, number, value, onChange, isMissing }: QuestionFieldProps) {
  return (
    <CheckboxGroup className="question" value={chosenOf(value)} onChange={onChange}>
      <Label className="question__label">
        <Prompt question={question} number={number} isMissing={isMissing} />
      </Label>
      <Text slot="description" className="question__hint">
        {t('quiz.chooseAll')}
      </Text>
      <div className="question__options">
        {question.options.map((option) => (
          <CheckboxField key={option.id} value={option.id}>
            <CheckboxButton className="choice">
              <span className="choice__mark" aria-hidden="true">
                <Check />
              </span>
              <span className="choice__text">{option.text}</span>
            </CheckboxButton>
          </CheckboxField>
        ))}
      </div>
    </CheckboxGroup>
  );
}

function ShortAnswer({ question, number, value, onChange, isMissing }: QuestionFieldProps) {
  return (
    <TextField
      className="question"
      value={typeof value === 'string' ? value : ''}
      onChange={onChange}
      maxLength={1000}
      autoComplete="off"
    >
      <Label className="question__label">
        <Prompt question={question} number={number} isMissing={isMissing} />
      </Label>
      <Input className="input question__input" placeholder={t('quiz.typeAnswer')} />
    </TextField>
  );
}

const chosenOf = (value: Answers[string] | undefined): string[] =>
  value === undefined || typeof value === 'string' ? [] : [...value];
