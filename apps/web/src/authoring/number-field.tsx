import { TextField } from '../design/field.js';

interface NumberFieldProps {
  readonly label: string;
  readonly description?: string;
  readonly value: number;
  readonly min?: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

/** A whole number between two bounds; what cannot be one counts as the lowest. */
export function NumberField({ label, description, value, min = 0, max, onChange }: NumberFieldProps) {
  return (
    <TextField
      label={label}
      description={description}
      inputMode="numeric"
      value={String(value)}
      onChange={(text) => {
        const number = Number(text.replace(/\D/g, ''));
        onChange(Math.min(max, Math.max(min, number)));
      }}
    />
  );
}
