import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from './button.js';
import { TextField } from './field.js';
import './copy-field.css';

interface CopyFieldProps {
  readonly label: string;
  readonly value: string;
  /** What the button says, before and after. */
  readonly action: string;
  readonly done: string;
}

/** A value to take elsewhere: it can be read, chosen and copied, not changed. */
export function CopyField({ label, value, action, done }: CopyFieldProps) {
  const [copied, setCopied] = useState(false);
  return (
    <div className="copy-field">
      <TextField label={label} value={value} isReadOnly mono />
      <Button
        look="secondary"
        icon={copied ? <Check aria-hidden /> : <Copy aria-hidden />}
        aria-label={`${copied ? done : action}: ${label}`}
        onPress={() => {
          void navigator.clipboard.writeText(value).then(() => {
            setCopied(true);
          });
        }}
      >
        {copied ? done : action}
      </Button>
    </div>
  );
}
