import { escapeHtml } from '#libs/kernel';
import { brandStyle } from './page-head.js';

/** A page that needs nothing but itself: for errors, for the bare host, for whoever has no web app yet. */
export interface PlainPage {
  readonly title: string;
  /** In whose name it speaks; null is neutral. */
  readonly brand: {
    readonly name: string;
    readonly primaryColor: string;
    readonly secondaryColor: string;
  } | null;
  readonly language?: string;
  /** HTML, escaped by whoever writes it. */
  readonly body: string;
  readonly wide?: boolean;
}

const style = `
:root{color-scheme:light dark;font:1rem/1.6 ui-sans-serif,system-ui,sans-serif}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:light-dark(#f6f7f9,#12151c);color:light-dark(#1b2130,#eceef3)}
main{box-sizing:border-box;width:min(100% - 2rem,44rem);margin:2rem 0;padding:clamp(1.5rem,5vw,3rem);border-radius:1rem;
background:light-dark(#fff,#1b2029);box-shadow:0 1px 2px rgb(0 0 0/.08),0 12px 40px rgb(0 0 0/.06);border-top:.375rem solid var(--brand-primary)}
h1{margin:0 0 .75rem;font-size:clamp(1.5rem,4vw,2rem);line-height:1.2;letter-spacing:-.01em}
p{margin:.5rem 0;max-width:60ch}
.name{margin:0 0 1.5rem;font-weight:600;color:light-dark(#4a5366,#aab3c5)}
.quiet{color:light-dark(#5a6375,#a4adbf);font-size:.9rem}
a{color:light-dark(#27408b,#a9bdff);text-underline-offset:.15em}
a:focus-visible{outline:3px solid currentcolor;outline-offset:3px;border-radius:2px}
ul.cards{list-style:none;margin:1.5rem 0 0;padding:0;display:grid;gap:.75rem}
ul.cards a{display:flex;justify-content:space-between;align-items:baseline;gap:1rem;padding:1rem 1.25rem;border-radius:.625rem;
border:1px solid light-dark(#d9dde5,#343b49);text-decoration:none;font-weight:600;color:inherit}
ul.cards a:hover{border-color:currentcolor}
ul.cards span{font-weight:400;font-size:.9rem;color:light-dark(#5a6375,#a4adbf)}
code,pre{font:.875rem/1.5 ui-monospace,monospace}
main.wide{width:min(100% - 2rem,64rem)}
h2{margin:2rem 0 .5rem;font-size:1.25rem;text-transform:capitalize}
h3{margin:1rem 0 .25rem;font-size:.9rem}
pre{overflow:auto;max-height:24rem;margin:0;padding:.75rem 1rem;border-radius:.5rem;background:light-dark(#f2f4f7,#12151c)}
details{border-top:1px solid light-dark(#e3e6eb,#343b49);padding:.25rem 0}
summary{cursor:pointer;padding:.4rem 0;overflow-wrap:anywhere}
summary span{display:block;padding-left:1.1rem;color:light-dark(#4a5366,#aab3c5)}
.method{display:inline-block;min-width:4.2rem;font:600 .8rem ui-monospace,monospace}`;

const NEUTRAL = { name: 'Harka', primaryColor: '#3553a4', secondaryColor: '#1f2a44' } as const;

export function plainPage(
  { title, brand, language = 'en', body, wide = false }: PlainPage,
  nonce: string,
): string {
  const { name, primaryColor, secondaryColor } = brand ?? NEUTRAL;
  const heading = brand === null ? '' : `<p class="name">${escapeHtml(name)}</p>`;
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(brand === null ? title : `${title} – ${name}`)}</title>
<link rel="icon" href="data:,">
${brandStyle(primaryColor, secondaryColor, nonce)}
<style nonce="${nonce}">${style}</style>
</head>
<body><main${wide ? ' class="wide"' : ''}>${heading}<h1>${escapeHtml(title)}</h1>${body}</main></body>
</html>
`;
}
