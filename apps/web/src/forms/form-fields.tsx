import { type ReactNode } from 'react';
import { type Control, type FieldPathByValue, type FieldValues, useController } from 'react-hook-form';
import { CheckboxButton, CheckboxField as AriaCheckboxField } from 'react-aria-components/Checkbox';
import { Check } from 'lucide-react';
import { SelectField, TextField } from '../design/field.js';
import { NumberField } from '../design/number-field.js';
import './form-fields.css';

interface FieldProps<T extends FieldValues, V> {
  readonly control: Control<T>;
  readonly name: FieldPathByValue<T, V>;
  readonly label: string;
  readonly description?: string;
  readonly isDisabled?: boolean;
}

interface FormTextFieldProps<T extends FieldValues> extends FieldProps<T, string | null | undefined> {
  readonly type?: 'text' | 'email' | 'url' | 'tel' | 'date' | 'time' | 'datetime-local';
  readonly multiline?: boolean;
  readonly rows?: number;
  readonly autoComplete?: string;
  readonly placeholder?: string;
  readonly isRequired?: boolean;
  readonly mono?: boolean;
}

/** A line of text, or several. */
export function FormTextField<T extends FieldValues>({
  control,
  name,
  isDisabled = false,
  ...props
}: FormTextFieldProps<T>) {
  const { field, fieldState } = useController({ control, name });
  return (
    <TextField
      {...props}
      name={field.name}
      value={textOf(field.value)}
      onChange={field.onChange}
      onBlur={field.onBlur}
      inputRef={field.ref}
      isDisabled={isDisabled}
      error={fieldState.error?.message}
    />
  );
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

interface FormNumberFieldProps<T extends FieldValues> extends FieldProps<T, number | null | undefined> {
  readonly minValue?: number;
  readonly maxValue?: number;
  readonly step?: number;
  readonly isRequired?: boolean;
}

/** A number as the reader writes it; an empty box is null. */
export function FormNumberField<T extends FieldValues>({
  control,
  name,
  isDisabled = false,
  ...props
}: FormNumberFieldProps<T>) {
  const { field, fieldState } = useController({ control, name });
  return (
    <NumberField
      {...props}
      value={typeof field.value === 'number' ? field.value : null}
      onChange={field.onChange}
      onBlur={field.onBlur}
      isDisabled={isDisabled}
      error={fieldState.error?.message}
    />
  );
}

interface FormSelectFieldProps<T extends FieldValues> extends FieldProps<T, string | null | undefined> {
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** One of a few. */
export function FormSelectField<T extends FieldValues>({ control, name, ...props }: FormSelectFieldProps<T>) {
  const { field } = useController({ control, name });
  return <SelectField {...props} value={textOf(field.value)} onChange={field.onChange} />;
}

interface FormCheckboxProps<T extends FieldValues> extends Omit<FieldProps<T, boolean | undefined>, 'label'> {
  readonly children: ReactNode;
}

/** Yes or no. */
export function FormCheckbox<T extends FieldValues>({
  control,
  name,
  children,
  description,
  isDisabled = false,
}: FormCheckboxProps<T>) {
  const { field } = useController({ control, name });
  return (
    <div className="form-check">
      <AriaCheckboxField
        name={field.name}
        isSelected={Boolean(field.value)}
        onChange={field.onChange}
        onBlur={field.onBlur}
        isDisabled={isDisabled}
      >
        <CheckboxButton className="form-check__button">
          <span className="form-check__box" aria-hidden="true">
            <Check />
          </span>
          <span>
            {children}
            {description !== undefined && <span className="form-check__description">{description}</span>}
          </span>
        </CheckboxButton>
      </AriaCheckboxField>
    </div>
  );
}
