import sanitizeHtml from 'sanitize-html';

const shapes = ['path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'text', 'tspan'];
const structure = ['svg', 'g', 'defs', 'symbol', 'title', 'desc', 'clipPath', 'mask', 'pattern', 'marker'];
const paints = ['linearGradient', 'radialGradient', 'stop'];
const filters = [
  'filter',
  'feGaussianBlur',
  'feOffset',
  'feBlend',
  'feMerge',
  'feMergeNode',
  'feColorMatrix',
];

const geometry =
  'd x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy width height points viewBox preserveAspectRatio transform rotate offset';
const paint =
  'fill fill-opacity fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray ' +
  'stroke-dashoffset stroke-opacity opacity color stop-color stop-opacity clip-path clip-rule mask filter vector-effect';
const units =
  'gradientUnits gradientTransform spreadMethod patternUnits patternTransform clipPathUnits maskUnits markerWidth ' +
  'markerHeight refX refY orient stdDeviation in in2 result mode type values filterUnits';
const lettering =
  'font-family font-size font-weight font-style text-anchor letter-spacing dominant-baseline textLength';
const attributes = `id xmlns version role aria-label ${geometry} ${paint} ${units} ${lettering}`.split(' ');

/** Refers to something outside the picture, or runs something. */
const reachesOut = /url\s*\(\s*(?!['"]?#)|javascript:|data:|expression\s*\(|@import|\\/i;

/** Keeps shapes, paints and text; drops scripts, handlers, links, styles, foreign content. Null if no picture is left. */
export function cleanSvg(source: string): string | null {
  const clean = sanitizeHtml(source.replace(/^\uFEFF/, ''), {
    allowedTags: [...shapes, ...structure, ...paints, ...filters],
    allowedAttributes: { '*': attributes },
    nonTextTags: ['script', 'style', 'foreignObject', 'iframe', 'noscript', 'textarea', 'option'],
    parser: { xmlMode: true, lowerCaseTags: false, lowerCaseAttributeNames: false },
    transformTags: {
      '*': (tagName, given) => ({
        tagName,
        attribs: Object.fromEntries(Object.entries(given).filter(([, value]) => !reachesOut.test(value))),
      }),
    },
  }).trim();
  return /^<svg[\s>]/.test(clean) && clean.endsWith('</svg>') ? withNamespace(clean) : null;
}

function withNamespace(svg: string): string {
  return /^<svg[^>]*\sxmlns=/.test(svg)
    ? svg
    : svg.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"');
}
