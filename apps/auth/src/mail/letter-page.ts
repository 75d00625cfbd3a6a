import { escapeHtml } from '#libs/kernel';
/** What a letter shows, in words and colours. */
export interface LetterPage {
  readonly subject: string;
  readonly greeting: string;
  readonly paragraphs: readonly string[];
  readonly button: { readonly link: string; readonly action: string } | null;
  readonly closing: string | null;
  readonly academy: string;
  /** The origin of the academy: its icon comes from there, and its name leads there. */
  readonly home: string;
  readonly colors: { readonly primaryColor: string; readonly secondaryColor: string };
  readonly language: string;
  readonly direction: string;
}

const FONT = "system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const TABLE = 'role="presentation" cellpadding="0" cellspacing="0" border="0" width="100%"';

/** Programs that show mail know little: tables hold the place, styles stand at each element. */
export function letterPage(letter: LetterPage): string {
  const { subject, language, direction, paragraphs, button, closing, greeting } = letter;
  const body = [
    paragraph(greeting),
    ...paragraphs.map(paragraph),
    ...(button === null ? [] : [buttonOf(button, letter.colors.primaryColor)]),
    ...(closing === null
      ? []
      : [`<p class="quiet" style="margin:24px 0 0;${QUIET}">${escapeHtml(closing)}</p>`]),
  ].join('\n');
  const start = direction === 'rtl' ? 'right' : 'left';
  return `<!doctype html>
<html lang="${escapeHtml(language)}" dir="${escapeHtml(direction)}">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>
@media (prefers-color-scheme:dark){
body,.back{background:#111827!important}.card{background:#1f2937!important}.ink{color:#f3f4f6!important}
.quiet,.quiet a{color:#b6bdc9!important}.line{border-color:#374151!important}}
@media (max-width:480px){.pad{padding:24px 20px!important}}
</style>
</head>
<body style="margin:0;padding:0;background:#f3f4f6">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(paragraphs[0] ?? subject)}</div>
<table ${TABLE} class="back" style="background:#f3f4f6"><tr><td align="center" style="padding:32px 12px">
<table ${TABLE} class="card" style="max-width:560px;background:#ffffff;border-radius:12px;overflow:hidden">
<tr><td class="pad" style="padding:20px 32px;background:${letter.colors.secondaryColor}">${masthead(letter)}</td></tr>
<tr><td class="pad ink" align="${start}" style="padding:32px;color:#111827;font:16px/1.55 ${FONT}">
${body}
</td></tr>
<tr><td class="pad line" align="${start}" style="padding:16px 32px 24px;border-top:1px solid #e5e7eb;font:13px/1.5 ${FONT}">${footer(letter)}</td></tr>
</table>
</td></tr></table>
</body>
</html>
`;
}

const QUIET = 'color:#4b5563;font-size:14px';

function masthead({ home, academy, colors }: LetterPage): string {
  const ink = inkOn(colors.secondaryColor);
  const icon = escapeHtml(`${home}/api/v1/brand/icons/mail.png`);
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>
<td style="padding-inline-end:12px"><img src="${icon}" width="40" height="40" alt="" style="display:block;border:0;border-radius:8px"></td>
<td style="color:${ink};font:600 18px/1.3 ${FONT}">${escapeHtml(academy)}</td></tr></table>`;
}

function footer({ home, academy }: LetterPage): string {
  const host = URL.canParse(home) ? new URL(home).host : home;
  return `<span class="quiet" style="color:#4b5563">${escapeHtml(academy)} · <a href="${escapeHtml(home)}/" style="color:#4b5563">${escapeHtml(host)}</a></span>`;
}

function paragraph(text: string): string {
  return `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`;
}

function buttonOf(
  { link, action }: { readonly link: string; readonly action: string },
  color: string,
): string {
  const style = `display:inline-block;padding:13px 24px;border-radius:8px;background:${color};color:${inkOn(color)};font-weight:600;text-decoration:none`;
  return `<p style="margin:28px 0"><a href="${escapeHtml(link)}" style="${style}">${escapeHtml(action)}</a></p>
<p class="quiet" style="margin:0;${QUIET}"><span style="word-break:break-all">${escapeHtml(link)}</span></p>`;
}

/** White or near-black, whichever reads better on the colour (WCAG 2, relative luminance). */
function inkOn(color: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.0556 ? '#ffffff' : '#111111';
}
