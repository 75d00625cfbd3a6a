import { type Control, type FieldPathByValue, type FieldValues, useController } from 'react-hook-form';
import { TextField } from '../design/field.js';

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
