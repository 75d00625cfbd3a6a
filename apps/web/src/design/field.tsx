import { Eye, EyeOff, Search, X } from 'lucide-react';
import { type ReactNode, type Ref, useId, useState } from 'react';
import { classNames } from './class-names.js';
import { Button as AriaButton } from 'react-aria-components/Button';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { SearchField as AriaSearchField } from 'react-aria-components/SearchField';
import { Text } from 'react-aria-components/Text';
import { TextArea } from 'react-aria-components/TextArea';
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components/TextField';
import { t } from '../language/t.js';
import './field.css';

interface TextFieldProps extends Omit<AriaTextFieldProps, 'children' | 'className' | 'isInvalid'> {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly description?: ReactNode;
  readonly error?: string | null | undefined;
  readonly multiline?: boolean;
  readonly rows?: number;
  readonly placeholder?: string;
  readonly mono?: boolean;
  /** Between the label and the box. */
  readonly tools?: ReactNode;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly areaRef?: Ref<HTMLTextAreaElement>;
}

export function TextField({
  label,
  hideLabel = false,
  description,
  error,
  multiline = false,
  rows = 3,
  placeholder,
  mono = false,
  tools,
  inputRef,
  areaRef,
  ...props
}: TextFieldProps) {
  const inputClass = classNames('input', multiline && 'input--area', mono && 'input--mono');
  return (
    <AriaTextField {...props} className="field" isInvalid={hasText(error)} validationBehavior="aria">
      <Label className={classNames('field__label', hideLabel && 'visually-hidden')}>{label}</Label>
      {tools}
      {multiline ? (
        <TextArea ref={areaRef ?? null} className={inputClass} rows={rows} placeholder={placeholder ?? ''} />
      ) : (
        <Input ref={inputRef ?? null} className={inputClass} placeholder={placeholder ?? ''} />
      )}
      <FieldNotes description={description} error={error} />
    </AriaTextField>
  );
}

type PasswordFieldProps = Omit<TextFieldProps, 'type' | 'multiline' | 'rows' | 'areaRef' | 'mono' | 'tools'>;

export function PasswordField({
  label,
  description,
  error,
  placeholder,
  inputRef,
  ...props
}: PasswordFieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <AriaTextField
      {...props}
      type={shown ? 'text' : 'password'}
      className="field"
      isInvalid={hasText(error)}
      validationBehavior="aria"
    >
      <Label className="field__label">{label}</Label>
      <div className="field__box">
        <Input ref={inputRef ?? null} className="input input--with-button" placeholder={placeholder ?? ''} />
        <AriaButton
          className="field__button"
          aria-label={shown ? t('field.hidePassword') : t('field.showPassword')}
          onPress={() => {
            setShown(!shown);
          }}
        >
          {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
        </AriaButton>
      </div>
      <FieldNotes description={description} error={error} />
    </AriaTextField>
  );
}

interface SearchFieldProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export function SearchField({ label, placeholder, value, onChange }: SearchFieldProps) {
  return (
    <AriaSearchField className="field search" aria-label={label} value={value} onChange={onChange}>
      <Search aria-hidden className="search__icon" />
      <Input className="input search__input" placeholder={placeholder ?? ''} />
      {value !== '' && (
        <AriaButton className="field__button" aria-label={t('field.clearSearch')}>
          <X aria-hidden />
        </AriaButton>
      )}
    </AriaSearchField>
  );
}

interface SelectFieldProps<V extends string> {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly onChange: (value: V) => void;
  readonly description?: ReactNode;
  readonly isDisabled?: boolean;
}

/** The browser's own select: right on every device and for every assistive technology. */
export function SelectField<V extends string>(props: SelectFieldProps<V>) {
  const id = useId();
  return (
    <div className="field">
      <label
        htmlFor={id}
        className={classNames('field__label', props.hideLabel === true && 'visually-hidden')}
      >
        {props.label}
      </label>
      <select
        id={id}
        className="input input--select"
        value={props.value}
        disabled={props.isDisabled ?? false}
        aria-describedby={props.description === undefined ? undefined : `${id}-about`}
        onChange={(event) => {
          const chosen = props.options.find((option) => option.value === event.target.value);
          if (chosen !== undefined) props.onChange(chosen.value);
        }}
      >
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {props.description !== undefined && (
        <p id={`${id}-about`} className="field__description">
          {props.description}
        </p>
      )}
    </div>
  );
}

function FieldNotes({
  description,
  error,
}: {
  readonly description?: ReactNode;
  readonly error?: string | null | undefined;
}) {
  return (
    <>
      {description !== undefined && (
        <Text slot="description" className="field__description">
          {description}
        </Text>
      )}
      <FieldError className="field__error">{error}</FieldError>
    </>
  );
}

const hasText = (value: string | null | undefined): boolean =>
  value !== undefined && value !== null && value !== '';
