import { Copy } from 'lucide-react';
import { t } from '../language/t.js';
import { Button } from './button.js';
import { useToasts } from './toasts.js';
import './copy-value.css';

/** A value that is to be carried elsewhere: to be seen whole, chosen and copied. */
export function CopyValue({ label, value }: { readonly label: string; readonly value: string }) {
  const toasts = useToasts();
  const copy = (): void => {
    navigator.clipboard.writeText(value).then(
      () => {
        toasts.show(t('action.copied'));
      },
      () => {
        toasts.show(t('action.notCopied'), 'bad');
      },
    );
  };
  return (
    <div className="copy-value">
      <span className="copy-value__label">{label}</span>
      <div className="copy-value__row">
        <code className="copy-value__value" dir="ltr">
          {value}
        </code>
        <Button
          look="secondary"
          size="s"
          icon={<Copy aria-hidden />}
          aria-label={t('action.copyOf', { name: label })}
          onPress={copy}
        >
          {t('action.copy')}
        </Button>
      </div>
    </div>
  );
}
