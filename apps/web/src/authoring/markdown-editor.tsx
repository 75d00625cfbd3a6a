import { Bold, Code, Heading2, Italic, Link2, List, ListOrdered, type LucideIcon, Quote } from 'lucide-react';
import { useDeferredValue, useMemo, useRef } from 'react';
import { Toolbar } from 'react-aria-components/Toolbar';
import { IconButton } from '../design/button.js';
import { TextField } from '../design/field.js';
import { t } from '../language/t.js';
import { Article } from '../player/lesson-body.js';
import { link, prefixLines, type Selection, wrap } from './markdown-edit.js';
import { newRenderer } from './markdown-render.js';
import './markdown-editor.css';

interface MarkdownEditorProps {
  readonly label: string;
  readonly description?: string;
  readonly rows?: number;
  readonly value: string;
  readonly onChange: (markdown: string) => void;
}

type Tool = readonly [label: string, icon: LucideIcon, apply: (selection: Selection) => Selection];

/** Markdown on the left, what learners will read on the right. */
export function MarkdownEditor({ label, description, rows = 20, value, onChange }: MarkdownEditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const render = useMemo(() => newRenderer(), []);
  const settled = useDeferredValue(value);
  const html = useMemo(() => render(settled), [render, settled]);

  const apply = (change: (selection: Selection) => Selection): void => {
    const field = area.current;
    if (field === null) return;
    const next = change({ text: field.value, start: field.selectionStart, end: field.selectionEnd });
    onChange(next.text);
    requestAnimationFrame(() => {
      field.focus();
      field.setSelectionRange(next.start, next.end);
    });
  };
  const tools: readonly Tool[] = [
    [t('markdown.heading'), Heading2, (selection) => prefixLines(selection, '## ')],
    [t('markdown.bold'), Bold, (selection) => wrap(selection, '**', t('markdown.sample'))],
    [t('markdown.italic'), Italic, (selection) => wrap(selection, '*', t('markdown.sample'))],
    [t('markdown.link'), Link2, (selection) => link(selection, t('markdown.sample'))],
    [t('markdown.list'), List, (selection) => prefixLines(selection, '- ')],
    [t('markdown.numbers'), ListOrdered, (selection) => prefixLines(selection, (line) => `${line + 1}. `)],
    [t('markdown.quote'), Quote, (selection) => prefixLines(selection, '> ')],
    [t('markdown.code'), Code, (selection) => wrap(selection, '`', t('markdown.sample'))],
  ];
  const toolbar = (
    <Toolbar className="markdown__tools" aria-label={t('markdown.tools', { field: label })}>
      {tools.map(([name, Icon, change]) => (
        <IconButton
          key={name}
          label={name}
          onPress={() => {
            apply(change);
          }}
        >
          <Icon aria-hidden />
        </IconButton>
      ))}
    </Toolbar>
  );
  return (
    <div className="markdown">
      <TextField
        label={label}
        description={description ?? t('markdown.hint')}
        multiline
        mono
        rows={rows}
        value={value}
        onChange={onChange}
        areaRef={area}
        tools={toolbar}
      />
      <section className="markdown__preview" aria-label={t('markdown.previewOf', { field: label })}>
        <p className="markdown__preview-title">{t('markdown.preview')}</p>
        {settled.trim() === '' ? (
          <p className="markdown__empty">{t('markdown.nothing')}</p>
        ) : (
          <Article html={html} />
        )}
      </section>
    </div>
  );
}
