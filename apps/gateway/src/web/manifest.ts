import type { PagePayload } from './page-head.js';

const RIGHT_TO_LEFT = /^(?:ar|dv|fa|he|ku|ps|ur|yi)(?:-|$)/;
const SHORT = 12;

/** The web app of one academy as browsers install it (W3C Web Application Manifest). */
export function manifestOf(payload: PagePayload): string {
  if ('mode' in payload) {
    return JSON.stringify({ ...common(payload.name, 'en'), theme_color: '#1f2a44', icons: [] });
  }
  const { name, locale, branding, iconVersion } = payload;
  return JSON.stringify({
    ...common(name, locale),
    theme_color: branding.secondaryColor,
    icons: [
      icon('192.png', 'any'),
      icon('512.png', 'any'),
      icon('maskable-192.png', 'maskable'),
      icon('maskable-512.png', 'maskable'),
    ],
  });

  function icon(file: string, purpose: 'any' | 'maskable') {
    const size = /(\d+)\.png$/.exec(file)?.[1] ?? '192';
    const src = `/api/v1/brand/icons/${file}?v=${iconVersion}`;
    return { src, sizes: `${size}x${size}`, type: 'image/png', purpose };
  }
}

function common(name: string, lang: string) {
  return {
    id: '/',
    name,
    short_name: shortened(name),
    start_url: '/',
    scope: '/',
    display: 'standalone',
    background_color: '#ffffff',
    lang,
    dir: RIGHT_TO_LEFT.test(lang) ? 'rtl' : 'ltr',
  };
}

/** What fits under an icon: as many whole words as go, else a part of the first. */
function shortened(name: string): string {
  const words = name.split(/\s+/);
  let short = words[0] ?? name;
  for (const word of words.slice(1)) {
    if (`${short} ${word}`.length > SHORT) break;
    short = `${short} ${word}`;
  }
  return short.slice(0, SHORT * 2);
}
