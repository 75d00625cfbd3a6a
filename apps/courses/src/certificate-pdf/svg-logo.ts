import type PDFDocument from 'pdfkit';
import type { Typesetter } from './typesetter.js';

type Document = InstanceType<typeof PDFDocument>;
type Attributes = Readonly<Record<string, string>>;

interface Shape {
  readonly name: string;
  readonly attributes: Attributes;
  readonly text: string;
  readonly transforms: readonly string[];
}

/** A picture that this small reader understands in full. */
export interface SvgLogo {
  readonly width: number;
  readonly height: number;
  /** Draws it with its top left corner at the origin. */
  draw(document: Document, typesetter: Typesetter): void;
}

/** A logo is small; what is not takes too long to draw. */
const MOST_CHARACTERS = 100_000;
const drawn = new Set(['path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'text']);
const silent = new Set(['svg', 'g', 'title', 'desc', 'metadata']);
const inherited = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'transform',
];
const color = /^(?:none|#[0-9a-f]{3}|#[0-9a-f]{6}|[a-z]+)$/i;

/** Null when the picture holds anything that would come out wrong (gradients, styles, masks): better no logo than a broken one. */
export function readSvgLogo(svg: string): SvgLogo | null {
  if (svg.length > MOST_CHARACTERS) return null;
  const shapes: Shape[] = [];
  const groups: Attributes[] = [];
  let box: readonly number[] = [];
  for (const [, closing, name = '', rest = '', selfClosing, text = ''] of svg.matchAll(
    /<(\/?)([a-zA-Z][\w:-]*)([^<>]*?)(\/?)>([^<]*)/g,
  )) {
    if (closing === '/') {
      if (name === 'g' || name === 'svg') groups.pop();
      continue;
    }
    const attributes = attributesIn(rest);
    if (!silent.has(name) && !drawn.has(name)) return null;
    if ('style' in attributes || 'class' in attributes || 'clip-path' in attributes || 'mask' in attributes) {
      return null;
    }
    if (name === 'svg') box = boxOf(attributes);
    if ((name === 'g' || name === 'svg') && selfClosing !== '/') groups.push(attributes);
    if (!drawn.has(name)) continue;
    const own = Object.assign({}, ...groups.map(inheritedOf), attributes) as Attributes;
    if (![own['fill'], own['stroke']].every((value) => value === undefined || color.test(value))) return null;
    const transforms = [...groups, attributes].flatMap(({ transform }) => transform ?? []);
    shapes.push({ name, attributes: own, text: unescaped(text).trim(), transforms });
  }
  const [left = 0, top = 0, width = 0, height = 0] = box;
  if (!(width > 0 && height > 0) || shapes.length === 0) return null;
  return {
    width,
    height,
    draw: (document, typesetter) => {
      document.save().translate(-left, -top);
      for (const shape of shapes) drawShape(document, typesetter, shape);
      document.restore();
    },
  };
}

function drawShape(
  document: Document,
  typesetter: Typesetter,
  { name, attributes, text, transforms }: Shape,
): void {
  const number = (key: string, otherwise = 0) => Number.parseFloat(attributes[key] ?? '') || otherwise;
  const fill = attributes['fill'] ?? '#000000';
  document.save();
  for (const transform of transforms) applyTransform(document, transform);
  document.opacity(number('opacity', 1));
  if (name === 'text') {
    const isBold = number('font-weight', 400) >= 600 || attributes['font-weight'] === 'bold';
    const anchors = { middle: 'center', end: 'right' } as const;
    const anchor = attributes['text-anchor'];
    const style = {
      ...{ face: isBold ? ('sans-bold' as const) : ('sans' as const), size: number('font-size', 16) },
      ...{ color: fill, tracking: number('letter-spacing') },
    };
    const align = anchor === 'middle' || anchor === 'end' ? anchors[anchor] : 'left';
    typesetter.line(text, number('x'), number('y'), style, align);
    document.restore();
    return;
  }
  outline(document, name, attributes, number);
  const stroke = attributes['stroke'] ?? 'none';
  document.lineWidth(number('stroke-width', 1));
  document.lineCap(attributes['stroke-linecap'] ?? 'butt');
  document.lineJoin(attributes['stroke-linejoin'] ?? 'miter');
  const rule = attributes['fill-rule'] === 'evenodd' ? 'even-odd' : 'non-zero';
  if (fill !== 'none' && stroke !== 'none') document.fillAndStroke(fill, stroke, rule);
  else if (stroke !== 'none') document.stroke(stroke);
  else if (fill !== 'none') document.fill(fill, rule);
  document.restore();
}

function outline(
  document: Document,
  name: string,
  attributes: Attributes,
  number: (key: string, otherwise?: number) => number,
): void {
  const points = numbersIn(attributes['points'] ?? '');
  const pairs = points.flatMap((x, i) => (i % 2 === 0 ? [[x, points[i + 1] ?? 0] as [number, number]] : []));
  switch (name) {
    case 'path':
      document.path(attributes['d'] ?? '');
      return;
    case 'rect': {
      const radius = number('rx', number('ry'));
      document.roundedRect(number('x'), number('y'), number('width'), number('height'), radius);
      return;
    }
    case 'circle':
      document.circle(number('cx'), number('cy'), number('r'));
      return;
    case 'ellipse':
      document.ellipse(number('cx'), number('cy'), number('rx'), number('ry'));
      return;
    case 'line':
      document.moveTo(number('x1'), number('y1')).lineTo(number('x2'), number('y2'));
      return;
    case 'polygon':
      document.polygon(...pairs);
      return;
    default:
      pairs.forEach(([x, y], i) => (i === 0 ? document.moveTo(x, y) : document.lineTo(x, y)));
  }
}

function applyTransform(document: Document, transform: string): void {
  for (const [, name = '', list = ''] of transform.matchAll(/(?<![a-zA-Z])([a-zA-Z]+)\(([^()]*)\)/g)) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbersIn(list);
    if (name === 'translate') document.translate(a, b);
    if (name === 'scale') document.scale(a, b === 0 ? a : b);
    if (name === 'rotate') document.rotate(a, { origin: [b, c] });
    if (name === 'matrix') document.transform(a, b, c, d, e, f);
  }
}

function inheritedOf(attributes: Attributes): Attributes {
  return Object.fromEntries(
    Object.entries(attributes).filter(([key]) => inherited.includes(key) && key !== 'transform'),
  );
}

function boxOf({ viewBox, width, height }: Attributes): readonly number[] {
  return viewBox === undefined
    ? [0, 0, Number.parseFloat(width ?? ''), Number.parseFloat(height ?? '')]
    : numbersIn(viewBox);
}

function attributesIn(text: string): Attributes {
  return Object.fromEntries(
    [...text.matchAll(/(?<![\w:-])([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(
      ([, key = '', double, single]) => [key, unescaped(double ?? single ?? '')],
    ),
  );
}

function numbersIn(text: string): number[] {
  return (text.match(/[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi) ?? []).map(Number);
}

function unescaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name] ?? '');
}
