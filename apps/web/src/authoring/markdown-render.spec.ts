import { describe, expect, it } from '@jest/globals';
import { newRenderer } from './markdown-render.js';

const render = newRenderer();

describe(newRenderer.name, () => {
  it('shows raw HTML as text', () => {
    expect(render('<img src=x onerror=alert(1)>')).toBe('<p>&lt;img src=x onerror=alert(1)&gt;</p>\n');
  });

  it.each([
    '[x](javascript:alert(1))',
    '[x](JAVASCRIPT:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '![x](data:image/svg+xml,<svg onload=alert(1)>)',
    '[x](vbscript:x)',
    '<javascript:alert(1)>',
  ])('makes no link of %s', (markdown) => {
    expect(render(markdown)).not.toMatch(/<(?:a|img)\b/);
  });

  it('cannot be talked out of an attribute', () => {
    const html = render('![" onerror="alert(1)](https://a.example/x.png)');
    expect(html).toBe('<p><img src="https://a.example/x.png" alt="&quot; onerror=&quot;alert(1)"></p>\n');
  });

  it('shows pictures of the media library and keeps the first level for the page', () => {
    const id = '0190aaaa-0000-7000-8000-000000000001';
    expect(render(`# Title\n\n![plan](media:${id})`)).toBe(
      `<h2>Title</h2>\n<p><img src="/api/v1/media/${id}/content" alt="plan"></p>\n`,
    );
  });
});
