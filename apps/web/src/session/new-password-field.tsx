import { PasswordField } from '../design/field.js';
import { t } from '../language/t.js';
import { passwordFault, SHORTEST_PASSWORD } from './password-rule.js';

interface NewPasswordFieldProps {
  readonly label?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Whether the form was sent: faults are named only then. */
  readonly tried: boolean;
  readonly error?: string | undefined;
}

export function NewPasswordField({ label, value, onChange, tried, error }: NewPasswordFieldProps) {
  return (
    <PasswordField
      label={label ?? t('field.newPassword')}
      name="new-password"
      autoComplete="new-password"
      value={value}
      onChange={onChange}
      isRequired
      description={t('field.passwordRule', { count: SHORTEST_PASSWORD })}
      error={tried ? (localFault(value) ?? error) : error}
    />
  );
}

function localFault(password: string): string | null {
  switch (passwordFault(password)) {
    case 'missing':
      return t('field.passwordMissing');
    case 'short':
      return t('field.passwordShort', { count: SHORTEST_PASSWORD });
    case 'long':
      return t('field.passwordLong');
    case null:
      return null;
  }
}
