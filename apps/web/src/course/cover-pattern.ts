/** A shape of a cover: a path in tiles of one unit, and which of the tenant's tones paints it. */
interface CoverShape {
  readonly path: string;
  readonly tone: 1 | 2 | 3 | 4;
}

export interface CoverPattern {
  readonly scheme: 'soft' | 'deep' | 'bold';
  readonly shapes: readonly CoverShape[];
}

type Motif = (x: number, y: number, turn: number) => string;

const corners = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;

/** A little larger than its tile: no hairline shows between two of one tone. */
const square: Motif = (x, y) => `M${x - 0.003} ${y - 0.003}h1.006v1.006h-1.006z`;

const quarter: Motif = (x, y, turn) => {
  const [cx, cy] = corners[turn % 4] ?? corners[0];
  const toward = cx === cy ? 1 : 0;
  const startX = x + (1 - cx);
  const startY = y + cy;
  return `M${x + cx} ${y + cy}L${startX} ${startY}A1 1 0 0 ${toward} ${x + cx} ${y + (1 - cy)}z`;
};

const leaf: Motif = (x, y, turn) =>
  turn % 2 === 0
    ? `M${x} ${y}A1 1 0 0 1 ${x + 1} ${y + 1}A1 1 0 0 1 ${x} ${y}z`
    : `M${x + 1} ${y}A1 1 0 0 1 ${x} ${y + 1}A1 1 0 0 1 ${x + 1} ${y}z`;

const half: Motif = (x, y, turn) => {
  switch (turn % 4) {
    case 0:
      return `M${x} ${y}A.5 .5 0 0 0 ${x + 1} ${y}z`;
    case 1:
      return `M${x + 1} ${y}A.5 .5 0 0 0 ${x + 1} ${y + 1}z`;
    case 2:
      return `M${x} ${y + 1}A.5 .5 0 0 1 ${x + 1} ${y + 1}z`;
    default:
      return `M${x} ${y}A.5 .5 0 0 1 ${x} ${y + 1}z`;
  }
};

const disc = (x: number, y: number, radius: number): string =>
  `M${x + 0.5 - radius} ${y + 0.5}a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`;

const circle: Motif = (x, y) => disc(x, y, 0.5);
const dot: Motif = (x, y) => disc(x, y, 0.2);

const bars: Motif = (x, y, turn) =>
  [0, 0.4, 0.8]
    .map((offset) => (turn % 2 === 0 ? `M${x} ${y + offset}h1v.2h-1z` : `M${x + offset} ${y}h.2v1h-.2z`))
    .join('');

const motifs: readonly Motif[] = [quarter, quarter, quarter, quarter, leaf, leaf, half, circle, bars, dot];
const schemes = ['soft', 'deep', 'bold'] as const;

/** Draws the same cover for the same course every time, without a picture having to be made for it. */
export function coverPattern(seed: string, columns: number, rows: number): CoverPattern {
  const random = generator(seed);
  const pick = <T>(items: readonly T[], fallback: T): T =>
    items[Math.floor(random() * items.length)] ?? fallback;
  const scheme = pick(schemes, 'soft');
  const grounds: CoverShape[] = [];
  const figures: CoverShape[] = [];
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const ground = random();
      if (ground < 0.45) grounds.push({ path: square(x, y, 0), tone: ground < 0.2 ? 3 : 4 });
      if (random() < 0.86) {
        const motif = pick(motifs, quarter);
        figures.push({ path: motif(x, y, Math.floor(random() * 4)), tone: pick([1, 1, 2, 2, 3], 1) });
      }
    }
  }
  return { scheme, shapes: [...grounds, ...figures] };
}

/** FNV-1a for the seed, then mulberry32: small, and alike in every browser. */
function generator(seed: string): () => number {
  let state = 0x811c9dc5;
  for (let index = 0; index < seed.length; index++) {
    state = Math.imul(state ^ seed.charCodeAt(index), 0x01000193);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
