const WHITE = '#ffffff';

/** What WCAG 2.2 AA asks of normal text (success criterion 1.4.3). */
const AA_TEXT = 4.5;

/** The contrast ratio of two colours (#rrggbb), from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

export interface UnreadablePair {
  readonly color: 'primaryColor' | 'secondaryColor';
  readonly foreground: string;
  readonly background: string;
  readonly ratio: number;
  /** The nearest darker shade of the colour that can be read. */
  readonly suggestion: string;
}

/**
 * The pairs in which a brand's colours meet text: each of the two colours with white, be it white text on the colour
 * (buttons, header) or the colour as text on white (links, headings); the ratio is the same both ways.
 * The two colours are never laid on each other.
 */
export function unreadablePairs(colors: {
  readonly primaryColor: string;
  readonly secondaryColor: string;
}): UnreadablePair[] {
  return (['primaryColor', 'secondaryColor'] as const).flatMap((color) => {
    const background = colors[color];
    const ratio = contrast(WHITE, background);
    if (ratio >= AA_TEXT) return [];
    return [{ color, foreground: WHITE, background, ratio, suggestion: readableShade(background) }];
  });
}

/** Two decimals, never rounded up to a threshold that was missed. */
export function formatRatio(ratio: number): string {
  return `${(Math.floor(ratio * 100) / 100).toFixed(2)}:1`;
}

export function explainContrast({ foreground, background, ratio, suggestion }: UnreadablePair): string {
  return (
    `${foreground} on ${background} has a contrast of ${formatRatio(ratio)}; ` +
    `WCAG AA asks for ${AA_TEXT}:1. ${suggestion} is the nearest darker shade that passes.`
  );
}

function readableShade(color: string): string {
  for (let percent = 99; percent > 0; percent -= 1) {
    const shade = toHex(channels(color).map((value) => Math.floor((value * percent) / 100)));
    if (contrast(WHITE, shade) >= AA_TEXT) return shade;
  }
  return '#000000';
}

function luminance(color: string): number {
  const [red, green, blue] = channels(color).map(linear) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(channel: number): number {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function channels(color: string): number[] {
  return [1, 3, 5].map((start) => Number.parseInt(color.slice(start, start + 2), 16));
}

function toHex(values: readonly number[]): string {
  return `#${values.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
