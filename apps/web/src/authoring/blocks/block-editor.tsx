import { EditorContent, useEditor } from '@tiptap/react';
import { use, useEffect, useRef, useState } from 'react';
import { ContentLanguage } from '../../course/content-language.js';
import { t } from '../../language/t.js';
import { editorExtensions, markdownDocument } from './block-extensions.js';
import { BlockTools } from './block-tools.js';
import { LinkDialog } from './link-dialog.js';
import { PictureDialog } from './picture-dialog.js';
import './block-editor.css';
import '../../player/prose.css';

interface BlockEditorProps {
  readonly label: string;
  readonly describedBy: string;
  readonly value: string;
  readonly onChange: (markdown: string) => void;
}

type Asking = 'link' | 'picture' | null;

/** Text as blocks: what is seen is what learners will see, and Markdown goes in and comes out. */
export function BlockEditor({ label, describedBy, value, onChange }: BlockEditorProps) {
  const [asking, setAsking] = useState<Asking>(null);
  const [inserting, setInserting] = useState(false);
  const [dropped, setDropped] = useState<File | null>(null);
  const [extensions] = useState(() => editorExtensions(t('blocks.placeholder')));
  const [first] = useState(() => markdownDocument.parse(value).toJSON() as object);
  const language = use(ContentLanguage);
  const written = useRef(value);
  const change = useRef(onChange);
  useEffect(() => {
    change.current = onChange;
  }, [onChange]);

  const editor = useEditor({
    extensions,
    content: first,
    // The looks are in our style sheet: the page's policy lets no script bring styles in.
    injectCSS: false,
    editorProps: {
      attributes: {
        class: 'prose blocks__text',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        'aria-describedby': describedBy,
        // For whom it is read out to, and for the browser's spelling.
        ...(language !== undefined && { lang: language }),
      },
      handleKeyDown: (view, event) => {
        const { $from, empty } = view.state.selection;
        const onEmptyLine =
          empty && $from.parent.type.name === 'paragraph' && $from.parent.content.size === 0;
        if (event.key === '/' && onEmptyLine && !event.isComposing) {
          event.preventDefault();
          setInserting(true);
          return true;
        }
        if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          setAsking('link');
          return true;
        }
        return false;
      },
      handlePaste: (_, event) => takeFile(event.clipboardData),
      handleDrop: (_, event, _slice, moved) => (moved ? false : takeFile(event.dataTransfer)),
    },
    onUpdate: ({ editor: current }) => {
      const markdown = markdownDocument.write(current.state.doc);
      written.current = markdown;
      change.current(markdown);
    },
  });

  /** A picture that is pasted or dropped is uploaded, once it is described. */
  function takeFile(data: DataTransfer | null): boolean {
    const file = [...(data?.files ?? [])].find(({ type }) => type.startsWith('image/'));
    if (file === undefined) return false;
    setDropped(file);
    setAsking('picture');
    return true;
  }

  // Text that comes from elsewhere: a merge, a restored draft, the source view.
  useEffect(() => {
    if (value === written.current) return;
    written.current = value;
    editor.commands.setContent(markdownDocument.parse(value).toJSON() as object, { emitUpdate: false });
  }, [editor, value]);

  const close = (): void => {
    setAsking(null);
    setDropped(null);
    requestAnimationFrame(() => {
      editor.commands.focus();
    });
  };
  return (
    <div className="blocks">
      <BlockTools
        editor={editor}
        label={label}
        isInserting={inserting}
        onInserting={(open) => {
          setInserting(open);
          if (!open) {
            requestAnimationFrame(() => {
              editor.commands.focus();
            });
          }
        }}
        onAsk={setAsking}
      />
      <EditorContent editor={editor} className="blocks__page" />
      {asking === 'link' && <LinkDialog editor={editor} onClose={close} />}
      {asking === 'picture' && <PictureDialog editor={editor} file={dropped} onClose={close} />}
    </div>
  );
}
