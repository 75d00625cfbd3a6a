import MarkdownIt from 'markdown-it';
import sanitizeHtml from 'sanitize-html';
import { mediaUrl } from './content.js';

const mediaAddress = /^media:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

const parser = new MarkdownIt({ html: false, linkify: true, typographer: false });
// Only what a reader may follow or see; the sanitiser below says it again for what comes out.
parser.validateLink = (url) => /^(?:https?:|mailto:|media:|\/|#)/i.test(url.trim());

/** The second lock on the door: whatever the parser lets through, only these may reach a learner's browser. */
const allowed: sanitizeHtml.IOptions = {
  allowedTags: [
    ...[
      'h1',
      'h2',
      'h3',
      'h4',
      'h5',
      'h6',
      'p',
      'br',
      'hr',
      'blockquote',
      'pre',
      'code',
      'em',
      'strong',
      's',
    ],
    ...['ul', 'ol', 'li', 'a', 'img', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  allowedAttributes: { a: ['href', 'title', 'rel'], img: ['src', 'alt', 'title', 'loading'], ol: ['start'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: { img: ['http', 'https'] },
  allowProtocolRelative: false,
  transformTags: {
    // A page title stands above every lesson, so an author's first level is the second of the page.
    h1: 'h2',
    a: sanitizeHtml.simpleTransform('a', { rel: 'noopener noreferrer' }),
    img: (tagName, { src = '', ...attributes }) => {
      const mediaId = mediaAddress.exec(src)?.[1];
      return {
        tagName,
        attribs: {
          ...attributes,
          loading: 'lazy',
          src: mediaId === undefined ? src : mediaUrl(mediaId),
        },
      };
    },
  },
};

/** Markdown as HTML that is safe to insert into a page. */
export function renderMarkdown(markdown: string): string {
  return sanitizeHtml(parser.render(markdown), allowed);
}
