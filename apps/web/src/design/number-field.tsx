import { Minus, Plus } from 'lucide-react';
import { type ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { FieldError } from 'react-aria-components/FieldError';
import { Group } from 'react-aria-components/Group';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { NumberField as AriaNumberField } from 'react-aria-components/NumberField';
import { Text } from 'react-aria-components/Text';
import './number-field.css';

interface NumberFieldProps {
  readonly label: string;
  readonly description?: ReactNode;
  readonly error?: string | null | undefined;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly onBlur?: () => void;
  readonly minValue?: number;
  readonly maxValue?: number;
  readonly step?: number;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
}

/** A number, typed as the reader writes numbers or stepped by arrow keys; null while the box is empty. */
export function NumberField({ label, description, error, value, onChange, ...props }: NumberFieldProps) {
  const isInvalid = error !== undefined && error !== null && error !== '';
  return (
    <AriaNumberField
      {...props}
      className="field"
      value={value ?? Number.NaN}
      onChange={(next) => {
        onChange(Number.isNaN(next) ? null : next);
      }}
      isInvalid={isInvalid}
      validationBehavior="aria"
    >
      <Label className="field__label">{label}</Label>
      <Group className="number-field">
        <Button slot="decrement" className="number-field__step">
          <Minus aria-hidden />
        </Button>
        <Input className="input number-field__input" />
        <Button slot="increment" className="number-field__step">
          <Plus aria-hidden />
        </Button>
      </Group>
      {description !== undefined && (
        <Text slot="description" className="field__description">
          {description}
        </Text>
      )}
      <FieldError className="field__error">{error}</FieldError>
    </AriaNumberField>
  );
}
