import { TextField } from '../design/field.js';
import { t } from '../language/t.js';

interface CodeFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | null | undefined;
  readonly autoFocus?: boolean;
}

/** Six digits, which phones and password managers fill in by themselves. */
export function CodeField({ value, onChange, error, autoFocus = false }: CodeFieldProps) {
  return (
    <TextField
      label={t('secondStep.code')}
      description={t('secondStep.codeAbout')}
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={10}
      value={value}
      onChange={onChange}
      error={error}
      autoFocus={autoFocus}
      isRequired
      mono
    />
  );
}

export const isCode = (typed: string): boolean => /^\s*(?:\d\s*){6}$/.test(typed);
