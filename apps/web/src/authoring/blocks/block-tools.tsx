import { type Editor, useEditorState } from '@tiptap/react';
import {
  Bold,
  Code,
  Columns3,
  Heading2,
  Heading3,
  ImagePlus,
  Italic,
  Link2,
  List,
  ListOrdered,
  type LucideIcon,
  Minus,
  Pilcrow,
  Plus,
  Quote,
  Redo2,
  Rows3,
  SquareCode,
  Strikethrough,
  Table2,
  Trash2,
  Undo2,
} from 'lucide-react';
import { Menu as AriaMenu, MenuItem as AriaMenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Popover } from 'react-aria-components/Popover';
import { Separator } from 'react-aria-components/Separator';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { Toolbar } from 'react-aria-components/Toolbar';
import { IconButton } from '../../design/button.js';
import { type MessageKey, t } from '../../language/t.js';

interface BlockToolsProps {
  readonly editor: Editor;
  readonly label: string;
  readonly isInserting: boolean;
  readonly onInserting: (open: boolean) => void;
  readonly onAsk: (what: 'link' | 'picture') => void;
}

interface Mark {
  readonly name: MessageKey;
  readonly keys: string;
  readonly icon: LucideIcon;
  readonly mark: string;
  readonly run: (editor: Editor) => void;
}

const marks: readonly Mark[] = [
  {
    ...{ name: 'markdown.bold', keys: 'Control+B', icon: Bold, mark: 'bold' },
    run: (editor) => editor.chain().focus().toggleBold().run(),
  },
  {
    ...{ name: 'markdown.italic', keys: 'Control+I', icon: Italic, mark: 'italic' },
    run: (editor) => editor.chain().focus().toggleItalic().run(),
  },
  {
    ...{ name: 'blocks.strike', keys: 'Control+Shift+S', icon: Strikethrough, mark: 'strike' },
    run: (editor) => editor.chain().focus().toggleStrike().run(),
  },
  {
    ...{ name: 'markdown.code', keys: 'Control+E', icon: Code, mark: 'code' },
    run: (editor) => editor.chain().focus().toggleCode().run(),
  },
];

interface Block {
  readonly name: MessageKey;
  readonly icon: LucideIcon;
  readonly run: (editor: Editor) => void;
}

const blocks: readonly Block[] = [
  { name: 'blocks.paragraph', icon: Pilcrow, run: (editor) => editor.chain().focus().setParagraph().run() },
  {
    name: 'markdown.heading',
    icon: Heading2,
    run: (editor) => editor.chain().focus().setHeading({ level: 2 }).run(),
  },
  {
    name: 'blocks.subheading',
    icon: Heading3,
    run: (editor) => editor.chain().focus().setHeading({ level: 3 }).run(),
  },
  { name: 'markdown.list', icon: List, run: (editor) => editor.chain().focus().toggleBulletList().run() },
  {
    name: 'markdown.numbers',
    icon: ListOrdered,
    run: (editor) => editor.chain().focus().toggleOrderedList().run(),
  },
  { name: 'markdown.quote', icon: Quote, run: (editor) => editor.chain().focus().toggleBlockquote().run() },
  {
    name: 'blocks.codeBlock',
    icon: SquareCode,
    run: (editor) => editor.chain().focus().toggleCodeBlock().run(),
  },
  {
    name: 'blocks.table',
    icon: Table2,
    run: (editor) => editor.chain().focus().insertTable({ rows: 3, cols: 2, withHeaderRow: true }).run(),
  },
  {
    name: 'blocks.rule',
    icon: Minus,
    run: (editor) => editor.chain().focus().setHorizontalRule().run(),
  },
];

/** The tools above the text. One tab stop, arrow keys within; a slash on an empty line opens the blocks too. */
export function BlockTools({ editor, label, isInserting, onInserting, onAsk }: BlockToolsProps) {
  const state = useEditorState({
    editor,
    selector: ({ editor: current }) => ({
      marks: marks.filter(({ mark }) => current.isActive(mark)).map(({ mark }) => mark),
      link: current.isActive('link'),
      table: current.isActive('table'),
      undo: current.can().undo(),
      redo: current.can().redo(),
    }),
  });
  return (
    <Toolbar className="blocks__tools" aria-label={t('markdown.tools', { field: label })}>
      <MenuTrigger isOpen={isInserting} onOpenChange={onInserting}>
        <AriaButton className="blocks__insert">
          <Plus aria-hidden />
          {t('blocks.insert')}
        </AriaButton>
        <Popover className="popover" placement="bottom start" offset={6}>
          <AriaMenu className="menu" aria-label={t('blocks.insert')}>
            {[
              ...blocks.map(({ name, icon: Icon, run }) => (
                <AriaMenuItem
                  key={name}
                  className="menu__item"
                  textValue={t(name)}
                  onAction={() => {
                    run(editor);
                  }}
                >
                  <Icon aria-hidden />
                  <span>{t(name)}</span>
                </AriaMenuItem>
              )),
              <AriaMenuItem
                key="picture"
                className="menu__item"
                textValue={t('blocks.picture')}
                onAction={() => {
                  onAsk('picture');
                }}
              >
                <ImagePlus aria-hidden />
                <span>{t('blocks.picture')}</span>
              </AriaMenuItem>,
            ]}
          </AriaMenu>
        </Popover>
      </MenuTrigger>
      <Separator className="blocks__separator" orientation="vertical" />
      {marks.map(({ name, keys, icon: Icon, mark, run }) => (
        <ToggleButton
          key={mark}
          className="icon-button icon-button--quiet blocks__toggle"
          aria-label={t(name)}
          aria-keyshortcuts={keys}
          isSelected={state.marks.includes(mark)}
          onChange={() => {
            run(editor);
          }}
        >
          <Icon aria-hidden />
        </ToggleButton>
      ))}
      <ToggleButton
        className="icon-button icon-button--quiet blocks__toggle"
        aria-label={t('markdown.link')}
        aria-keyshortcuts="Control+K"
        isSelected={state.link}
        onChange={() => {
          onAsk('link');
        }}
      >
        <Link2 aria-hidden />
      </ToggleButton>
      <IconButton
        label={t('blocks.picture')}
        onPress={() => {
          onAsk('picture');
        }}
      >
        <ImagePlus aria-hidden />
      </IconButton>
      {state.table && <TableTools editor={editor} />}
      <Separator className="blocks__separator" orientation="vertical" />
      <IconButton
        label={t('action.undo')}
        isDisabled={!state.undo}
        onPress={() => {
          editor.chain().focus().undo().run();
        }}
      >
        <Undo2 aria-hidden />
      </IconButton>
      <IconButton
        label={t('blocks.redo')}
        isDisabled={!state.redo}
        onPress={() => {
          editor.chain().focus().redo().run();
        }}
      >
        <Redo2 aria-hidden />
      </IconButton>
    </Toolbar>
  );
}

function TableTools({ editor }: { readonly editor: Editor }) {
  return (
    <>
      <Separator className="blocks__separator" orientation="vertical" />
      <IconButton
        label={t('blocks.addRow')}
        onPress={() => {
          editor.chain().focus().addRowAfter().run();
        }}
      >
        <Rows3 aria-hidden />
      </IconButton>
      <IconButton
        label={t('blocks.addColumn')}
        onPress={() => {
          editor.chain().focus().addColumnAfter().run();
        }}
      >
        <Columns3 aria-hidden />
      </IconButton>
      <IconButton
        label={t('blocks.removeTable')}
        onPress={() => {
          editor.chain().focus().deleteTable().run();
        }}
      >
        <Trash2 aria-hidden />
      </IconButton>
    </>
  );
}
