import { type Node, type Schema } from '@tiptap/pm/model';
import MarkdownIt from 'markdown-it';
import { defaultMarkdownSerializer, MarkdownParser, MarkdownSerializer } from 'prosemirror-markdown';
import { newRenderer } from '../markdown-render.js';

/**
 * Markdown as a document of blocks, and back. It is read by the parser that learners' pages are made with, so what the
 * editor shows is what they will see.
 */
export class MarkdownDocument {
  private readonly parser: MarkdownParser;
  private readonly render = newRenderer();

  constructor(schema: Schema) {
    this.parser = newParser(schema);
  }

  parse(markdown: string): Node {
    return this.parser.parse(markdown);
  }

  write(document: Node): string {
    return serializer.serialize(document, { tightLists: true });
  }

  /** Whether nothing of the text is lost on the way there and back; if something is, it must be edited as it is. */
  fits(markdown: string): boolean {
    try {
      return this.looksLike(markdown, this.write(this.parse(markdown)));
    } catch {
      return false;
    }
  }

  private looksLike(one: string, other: string): boolean {
    return withoutSpacing(this.render(one)) === withoutSpacing(this.render(other));
  }
}

/** Whether a list is loose, and where lines are broken, are matters of spacing. */
function withoutSpacing(html: string): string {
  return html
    .replace(/<li>\s*<p>([\s\S]*?)<\/p>/g, '<li>$1')
    .replace(/ style="text-align:[a-z]+"/g, '')
    .replace(/\s+/g, ' ')
    .replace(/> (?=<)/g, '>')
    .replace(/ (?=<\/(?:li|p|ul|ol|blockquote|th|td)>)/g, '')
    .replace(/(<li>[^<]*) (?=<[uo]l)/g, '$1');
}

function newParser(schema: Schema): MarkdownParser {
  const tokenizer = new MarkdownIt({ html: false, linkify: true, typographer: false });
  tokenizer.validateLink = (url) => /^(?:https?:|mailto:|media:|\/|#)/i.test(url.trim());
  // A cell holds a paragraph here; in Markdown it holds its words.
  tokenizer.core.ruler.push('paragraphs_in_cells', (state) => {
    state.tokens = state.tokens.flatMap((token, index) => {
      const before = state.tokens[index - 1]?.type;
      if (token.type !== 'inline' || (before !== 'th_open' && before !== 'td_open')) return [token];
      const open = new state.Token('paragraph_open', 'p', 1);
      const close = new state.Token('paragraph_close', 'p', -1);
      return [open, token, close];
    });
  });
  type Tokenizer = ConstructorParameters<typeof MarkdownParser>[1];
  return new MarkdownParser(schema, tokenizer as Tokenizer, {
    paragraph: { block: 'paragraph' },
    heading: { block: 'heading', getAttrs: ({ tag }) => ({ level: Number(tag.slice(1)) }) },
    blockquote: { block: 'blockquote' },
    bullet_list: { block: 'bulletList' },
    ordered_list: {
      block: 'orderedList',
      getAttrs: (token) => ({ start: Number(token.attrGet('start') ?? 1) }),
    },
    list_item: { block: 'listItem' },
    code_block: { block: 'codeBlock', noCloseToken: true },
    fence: {
      block: 'codeBlock',
      noCloseToken: true,
      getAttrs: ({ info }) => ({ language: info.trim() === '' ? null : info.trim() }),
    },
    hr: { node: 'horizontalRule' },
    hardbreak: { node: 'hardBreak' },
    image: {
      node: 'image',
      getAttrs: (token) => ({
        src: token.attrGet('src'),
        title: token.attrGet('title'),
        alt: (token.children ?? []).map(({ content }) => content).join(''),
      }),
    },
    table: { block: 'table' },
    thead: { ignore: true },
    tbody: { ignore: true },
    tr: { block: 'tableRow' },
    th: { block: 'tableHeader' },
    td: { block: 'tableCell' },
    em: { mark: 'italic' },
    strong: { mark: 'bold' },
    s: { mark: 'strike' },
    code_inline: { mark: 'code', noCloseToken: true },
    link: {
      mark: 'link',
      getAttrs: (token) => ({ href: token.attrGet('href'), title: token.attrGet('title') }),
    },
  });
}

const { nodes, marks } = defaultMarkdownSerializer;
type WriteNode = (typeof nodes)[string];
type WriteMark = (typeof marks)[string];

/** The library names nodes its own way. */
const as = <T>(known: Readonly<Record<string, T>>, name: string): T => {
  const found = known[name];
  if (found === undefined) throw new Error(`The serializer knows no ${name}.`);
  return found;
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const serializer: MarkdownSerializer = new MarkdownSerializer(
  {
    paragraph: as<WriteNode>(nodes, 'paragraph'),
    heading: as<WriteNode>(nodes, 'heading'),
    blockquote: as<WriteNode>(nodes, 'blockquote'),
    listItem: as<WriteNode>(nodes, 'list_item'),
    hardBreak: as<WriteNode>(nodes, 'hard_break'),
    text: as<WriteNode>(nodes, 'text'),
    horizontalRule: (state, node) => {
      state.write('---');
      state.closeBlock(node);
    },
    bulletList: (state, node) => {
      state.renderList(node, '  ', () => '- ');
    },
    orderedList: (state, node) => {
      const start = Number(node.attrs['start'] ?? 1);
      const width = String(start + node.childCount - 1).length;
      state.renderList(node, ' '.repeat(width + 2), (index) => {
        const number = String(start + index);
        return `${' '.repeat(width - number.length)}${number}. `;
      });
    },
    codeBlock: (state, node) => {
      const longest = Math.max(2, ...[...node.textContent.matchAll(/`{3,}/g)].map(([run]) => run.length));
      const fence = '`'.repeat(longest + 1);
      state.write(`${fence}${textOf(node.attrs['language'])}\n`);
      state.text(node.textContent, false);
      state.write('\n');
      state.write(fence);
      state.closeBlock(node);
    },
    image: (state, node) => {
      const { src, alt, title } = node.attrs;
      const after = textOf(title) === '' ? '' : ` "${textOf(title).replaceAll('"', '\\"')}"`;
      const address = textOf(src).replace(/[()\s]/g, (found) =>
        encodeURIComponent(found).replace('(', '%28').replace(')', '%29'),
      );
      state.write(`![${state.esc(textOf(alt))}](${address}${after})`);
    },
    table: (state, node) => {
      node.forEach((row, _, index) => {
        const cells: string[] = [];
        row.forEach((cell) => cells.push(cellText(cell)));
        state.write(`| ${cells.join(' | ')} |`);
        state.ensureNewLine();
        if (index === 0) {
          state.write(`|${' --- |'.repeat(cells.length)}`);
          state.ensureNewLine();
        }
      });
      state.closeBlock(node);
    },
  },
  {
    italic: as<WriteMark>(marks, 'em'),
    bold: as<WriteMark>(marks, 'strong'),
    code: as<WriteMark>(marks, 'code'),
    link: as<WriteMark>(marks, 'link'),
    strike: { open: '~~', close: '~~', mixable: true, expelEnclosingWhitespace: true },
  },
  // What would be read as an address in angle brackets, or as the name of a character.
  { escapeExtraCharacters: /<(?=[A-Za-z/!?])|&(?=#?\w+;)/g },
);

/** One line: a row of a table is a line of Markdown. */
function cellText(cell: Node): string {
  return serializer
    .serialize(cell, { tightLists: true })
    .replace(/\\?\n/g, ' ')
    .replace(/(?<!\\)\|/g, '\\|')
    .trim();
}
