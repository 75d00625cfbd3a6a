import { useId, useState } from 'react';
import { Blocks, FileCode2 } from 'lucide-react';
import { Button } from '../design/button.js';
import { TextField } from '../design/field.js';
import { Notice } from '../design/notice.js';
import { t } from '../language/t.js';
import { BlockEditor } from './blocks/block-editor.js';
import { markdownDocument } from './blocks/block-extensions.js';

interface MarkdownFieldProps {
  readonly label: string;
  readonly description?: string;
  readonly rows?: number;
  readonly value: string;
  readonly onChange: (markdown: string) => void;
}

/** One text, two views: blocks, or the Markdown that they are kept as. */
export function MarkdownField({ label, description, rows = 20, value, onChange }: MarkdownFieldProps) {
  const id = useId();
  const [fits, setFits] = useState(() => markdownDocument.fits(value));
  const [asSource, setAsSource] = useState(!fits);
  const showBlocks = (): void => {
    const good = markdownDocument.fits(value);
    setFits(good);
    if (good) setAsSource(false);
  };
  return (
    <div className="markdown-field">
      <div className="markdown-field__head">
        <span className="field__label" id={`${id}-label`}>
          {label}
        </span>
        {asSource ? (
          <Button look="quiet" size="s" icon={<Blocks aria-hidden />} onPress={showBlocks}>
            {t('blocks.asBlocks')}
          </Button>
        ) : (
          <Button
            look="quiet"
            size="s"
            icon={<FileCode2 aria-hidden />}
            onPress={() => {
              setAsSource(true);
            }}
          >
            {t('blocks.asSource')}
          </Button>
        )}
      </div>
      {!fits && asSource && <Notice tone="info">{t('blocks.onlySource')}</Notice>}
      {asSource ? (
        <TextField
          label={t('blocks.sourceOf', { field: label })}
          hideLabel
          multiline
          mono
          rows={rows}
          value={value}
          onChange={onChange}
        />
      ) : (
        <BlockEditor label={label} describedBy={`${id}-about`} value={value} onChange={onChange} />
      )}
      <p className="field__description" id={`${id}-about`}>
        {description ?? (asSource ? t('markdown.hint') : t('blocks.hint'))}
      </p>
    </div>
  );
}
