import { describe, expect, it } from '@jest/globals';
import { renderMarkdown } from './markdown.js';

describe(renderMarkdown, () => {
  it('renders what authors write', () => {
    const html = renderMarkdown(
      '# Title\n\nSome **bold** text.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n3. three',
    );
    expect(html).toContain('<h2>Title</h2>');
    expect(html).toContain('<strong>bold</strong>');
    expect(html).toContain('<td>1</td>');
    expect(html).toContain('<ol start="3">');
  });

  it('points at a stored picture by its address on the tenant’s host', () => {
    const id = '0190a0b0-1111-7222-8333-444455556666';
    expect(renderMarkdown(`![plan](media:${id})`)).toContain(
      `<img alt="plan" loading="lazy" src="/api/v1/media/${id}/content" />`,
    );
  });

  it('marks links as leading away', () => {
    expect(renderMarkdown('[x](https://a.example)')).toContain(
      '<a href="https://a.example" rel="noopener noreferrer">',
    );
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt&colon;alert(1))',
    '[x](data:text/html;base64,PHNjcmlwdD4=)',
    '![x](javascript:alert(1))',
    '![x](data:image/svg+xml;base64,PHN2Zz4=)',
    '<a href="javascript:alert(1)">x</a>',
    '<iframe src="https://evil.example"></iframe>',
    '[x](vbscript:msgbox(1))',
    '<style>body{display:none}</style>',
    '![x](https://a.example/" onerror="alert(1))',
    '[x](//evil.example)',
    '<svg onload=alert(1)>',
    '```html"><script>alert(1)</script>\nx\n```',
  ])('lets no %j through', (markdown) => {
    const html = renderMarkdown(markdown);
    expect(html).not.toMatch(/<(?:script|iframe|style|svg)/i);
    expect(html).not.toMatch(/<[^>]*\son\w+\s*=/i);
    expect(html).not.toMatch(/<[^>]*(?:href|src)="(?:javascript|data|vbscript|\/\/)/i);
  });
});
