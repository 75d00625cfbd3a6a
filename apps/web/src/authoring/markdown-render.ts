import MarkdownIt from 'markdown-it';

const MEDIA = /^media:([0-9a-f-]{36})$/;

/**
 * Renders as the server does: raw HTML is shown as text and only harmless addresses become links. The page that
 * learners see is rendered, and sanitised once more, by the server.
 */
export function newRenderer(): (markdown: string) => string {
  const parser = new MarkdownIt({ html: false, linkify: true, typographer: false });
  parser.validateLink = (url) => /^(?:https?:|mailto:|media:|\/|#)/i.test(url.trim());
  parser.normalizeLink = (url) => {
    const mediaId = MEDIA.exec(url)?.[1];
    return mediaId === undefined ? url : `/api/v1/media/${mediaId}/content`;
  };
  parser.core.ruler.push('first_level_is_second', (state) => {
    for (const token of state.tokens) if (token.tag === 'h1') token.tag = 'h2';
  });
  return (markdown) => parser.render(markdown);
}
