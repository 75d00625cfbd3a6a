import { Check } from 'lucide-react';
import { type ReactNode } from 'react';
import { CheckboxButton, CheckboxField } from 'react-aria-components/Checkbox';
import './check-field.css';

interface CheckFieldProps {
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly children: ReactNode;
  readonly description?: string | undefined;
  readonly isDisabled?: boolean;
}

/** Yes or no, without a form around it. */
export function CheckField({
  isSelected,
  onChange,
  children,
  description,
  isDisabled = false,
}: CheckFieldProps) {
  return (
    <div className="form-check">
      <CheckboxField isSelected={isSelected} onChange={onChange} isDisabled={isDisabled}>
        <CheckboxButton className="form-check__button">
          <span className="form-check__box" aria-hidden="true">
            <Check />
          </span>
          <span>
            {children}
            {description !== undefined && <span className="form-check__description">{description}</span>}
          </span>
        </CheckboxButton>
      </CheckboxField>
    </div>
  );
}
