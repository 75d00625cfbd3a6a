import { Image } from '@tiptap/extension-image';
import { Table, TableCell, TableHeader, TableRow } from '@tiptap/extension-table';
import { getSchema } from '@tiptap/core';
import { Placeholder } from '@tiptap/extensions';
import StarterKit from '@tiptap/starter-kit';
import { MarkdownDocument } from './markdown-document.js';

const MEDIA = /^media:([0-9a-f-]{36})$/;
const CONTENT = /^\/api\/v1\/media\/([0-9a-f-]{36})\/content$/;

/** Where a browser gets a picture that Markdown names by its id. */
export function pictureAddress(source: string): string {
  const mediaId = MEDIA.exec(source)?.[1];
  return mediaId === undefined ? source : `/api/v1/media/${mediaId}/content`;
}

/** The same as the renderer's: whatever else is pasted is no link and no picture. */
export function isAllowedAddress(address: string): boolean {
  return /^(?:https?:|mailto:|media:|\/|#)/i.test(address.trim());
}

const Picture = Image.extend({
  addAttributes() {
    return {
      ...this.parent?.(),
      src: {
        default: null,
        parseHTML: (element: HTMLElement) => sourceOf(element),
        renderHTML: ({ src }: Record<string, unknown>) =>
          typeof src === 'string' ? { src: pictureAddress(src) } : {},
      },
    };
  },
  parseHTML() {
    // A pasted picture from nowhere, or from where none may be shown, is no picture.
    return [{ tag: 'img[src]', getAttrs: (element) => (sourceOf(element) === null ? false : null) }];
  },
}).configure({ inline: true, allowBase64: false });

/** What Markdown calls the picture that an element shows; null where it may not be shown. */
function sourceOf(element: HTMLElement): string | null {
  const source = element.getAttribute('src') ?? '';
  const mediaId = CONTENT.exec(source)?.[1];
  if (mediaId !== undefined) return `media:${mediaId}`;
  return /^(?:https?:|media:)/i.test(source) ? source : null;
}

/** What Markdown can say and our pages can show, and nothing else. */
export const documentExtensions = [
  StarterKit.configure({
    underline: false,
    heading: { levels: [1, 2, 3, 4, 5, 6] },
    link: {
      openOnClick: false,
      autolink: true,
      defaultProtocol: 'https',
      isAllowedUri: (address) => isAllowedAddress(address),
      HTMLAttributes: { rel: 'noopener noreferrer', target: null },
    },
  }),
  Picture,
  Table.configure({ resizable: false, renderWrapper: false }),
  TableRow,
  TableHeader.extend({ content: 'paragraph' }),
  TableCell.extend({ content: 'paragraph' }),
];

export const editorExtensions = (placeholder: string) => [
  ...documentExtensions,
  Placeholder.configure({ placeholder }),
];

/** One for all editors: they share their schema. */
export const markdownDocument = new MarkdownDocument(getSchema(documentExtensions));
