import type PDFDocument from 'pdfkit';
import { subsets, type Face, type FontFiles } from './font-files.js';
import { isRightToLeft, visualOrder } from './reading-order.js';

export interface TextStyle {
  readonly face: Face;
  readonly size: number;
  readonly color: string;
  /** Between letters, in points. */
  readonly tracking?: number;
}

interface Run {
  readonly font: string;
  readonly text: string;
}

/** Sets lines in fonts that are split by script: each word in the first subset that draws all of it. */
export class Typesetter {
  private readonly registered = new Set<string>();
  /** Widths at one point: measuring is dear, and widths grow with the size. */
  private readonly widths = new Map<string, number>();

  constructor(
    private readonly document: InstanceType<typeof PDFDocument>,
    private readonly files: FontFiles,
  ) {}

  width(text: string, style: TextStyle): number {
    return this.runs(text, style.face).reduce((sum, run) => sum + this.widthOf(run, style), 0);
  }

  /** Draws one line with its base at `y`; `align` says what `x` is. */
  line(
    text: string,
    x: number,
    y: number,
    style: TextStyle,
    align: 'left' | 'center' | 'right' = 'center',
  ): void {
    const width = this.width(text, style);
    let at = align === 'left' ? x : align === 'right' ? x - width : x - width / 2;
    for (const run of this.runs(text, style.face)) {
      this.document
        .font(run.font)
        .fontSize(style.size)
        .fillColor(style.color)
        .text(run.text, at, y, { ...spacing(run, style), lineBreak: false, baseline: 'alphabetic' });
      at += this.widthOf(run, style);
    }
  }

  /** Breaks at spaces, into lines of about equal length. */
  lines(text: string, style: TextStyle, width: number): string[] {
    const wanted = Math.max(1, Math.ceil(this.width(text, style) / width));
    for (let count = wanted; ; count += 1) {
      const lines = this.fill(text, style, Math.max(this.width(text, style) / count, 1), width);
      if (lines.length <= count + 1 || count > 20) return lines;
    }
  }

  /** The largest size, down to `smallest`, at which the text stands on at most `most` lines. */
  fit(text: string, style: TextStyle, width: number, most: number, smallest: number): TextStyle {
    let size = style.size;
    while (size > smallest) {
      const lines = this.lines(text, { ...style, size }, width);
      const isWide = lines.some((line) => this.width(line, { ...style, size }) > width);
      if (lines.length <= most && !isWide) break;
      size -= 1;
    }
    return { ...style, size };
  }

  private fill(text: string, style: TextStyle, aim: number, most: number): string[] {
    const lines: string[] = [];
    let line = '';
    for (const word of text.split(/\s+/)) {
      const longer = line === '' ? word : `${line} ${word}`;
      const isFull = line !== '' && (this.width(line, style) >= aim || this.width(longer, style) > most);
      if (isFull) lines.push(line);
      line = isFull ? word : longer;
    }
    return [...lines, line];
  }

  private runs(text: string, face: Face): Run[] {
    const runs: Run[] = [];
    for (const part of visualOrder(text)) {
      const whole = this.fontFor(part, face);
      const pieces =
        whole === undefined
          ? Array.from(part, (character) => this.piece(character, face))
          : [{ font: whole, text: part }];
      for (const piece of pieces) {
        const last = runs.at(-1);
        // The library orders the letters of one word of the right, not the words of a line.
        if (last?.font === piece.font && !isRightToLeft(last.text + piece.text)) {
          runs[runs.length - 1] = { ...last, text: last.text + piece.text };
        } else runs.push(piece);
      }
    }
    return runs;
  }

  private piece(character: string, face: Face): Run {
    return { font: this.fontFor(character, face) ?? this.register(face, 'latin'), text: character };
  }

  private fontFor(text: string, face: Face): string | undefined {
    const subset = subsets.find((candidate) => this.files.covers(face, candidate, text));
    return subset === undefined ? undefined : this.register(face, subset);
  }

  private register(face: Face, subset: (typeof subsets)[number]): string {
    const name = `${face}/${subset}`;
    if (!this.registered.has(name)) {
      this.document.registerFont(name, this.files.bytes(face, subset));
      this.registered.add(name);
    }
    return name;
  }

  private widthOf(run: Run, style: TextStyle): number {
    const { font, text } = run;
    const key = `${font} ${text}`;
    const known = this.widths.get(key);
    const atOnePoint = known ?? this.document.font(font).fontSize(100).widthOfString(text) / 100;
    if (known === undefined) this.widths.set(key, atOnePoint);
    return atOnePoint * style.size + (spacing(run, style).characterSpacing ?? 0) * Array.from(text).length;
  }
}

/** Letters that are joined are not set apart. */
function spacing({ text }: Run, { tracking }: TextStyle): { characterSpacing?: number } {
  return tracking === undefined || isRightToLeft(text) ? {} : { characterSpacing: tracking };
}
