import { Check, Copy, Download } from 'lucide-react';
import { useState } from 'react';
import { useBrand } from '../brand/brand-context.js';
import { Button } from '../design/button.js';
import { saveFile } from '../design/save-file.js';
import { t } from '../language/t.js';
import './factors.css';

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}

/** The only time that they are seen: to be copied, saved or written down. */
export function RecoveryCodes({ codes, onDone }: RecoveryCodesProps) {
  const { name, slug } = useBrand();
  const [copied, setCopied] = useState(false);
  const text = codes.join('\n');
  return (
    <div className="factor-form">
      <p>{t('codes.lead')}</p>
      <ul className="recovery-codes" dir="ltr">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="factor-form__tools">
        <Button
          look="secondary"
          icon={copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          onPress={() => {
            void navigator.clipboard.writeText(text).then(() => {
              setCopied(true);
            });
          }}
        >
          {copied ? t('codes.copied') : t('codes.copy')}
        </Button>
        <Button
          look="secondary"
          icon={<Download aria-hidden />}
          onPress={() => {
            saveFile(`${slug}-recovery-codes.txt`, `${name}\n\n${text}\n`, 'text/plain;charset=utf-8');
          }}
        >
          {t('codes.save')}
        </Button>
      </div>
      <Button onPress={onDone}>{t('codes.done')}</Button>
    </div>
  );
}
