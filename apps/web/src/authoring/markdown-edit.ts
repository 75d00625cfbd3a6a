/** A text with what is selected in it. */
export interface Selection {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Puts marks around the selection, or takes them away when they are there already. */
export function wrap({ text, start, end }: Selection, mark: string, placeholder: string): Selection {
  const before = text.slice(0, start);
  const after = text.slice(end);
  if (before.endsWith(mark) && after.startsWith(mark)) {
    const from = start - mark.length;
    return {
      text: before.slice(0, -mark.length) + text.slice(start, end) + after.slice(mark.length),
      start: from,
      end: from + (end - start),
    };
  }
  const inner = start === end ? placeholder : text.slice(start, end);
  const from = start + mark.length;
  return { text: `${before}${mark}${inner}${mark}${after}`, start: from, end: from + inner.length };
}

/** Puts a prefix before each selected line, or takes it away when every line has it. */
export function prefixLines(
  { text, start, end }: Selection,
  prefix: string | ((line: number) => string),
): Selection {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  const stop = lineEnd < 0 ? text.length : lineEnd;
  const lines = text.slice(from, stop).split('\n');
  const prefixOf = typeof prefix === 'string' ? () => prefix : prefix;
  const all = lines.every((line, index) => line.startsWith(prefixOf(index)));
  const changed = lines
    .map((line, index) => (all ? line.slice(prefixOf(index).length) : prefixOf(index) + line))
    .join('\n');
  return { text: text.slice(0, from) + changed + text.slice(stop), start: from, end: from + changed.length };
}

/** Makes the selection the words of a link and selects the address, to be typed over. */
export function link({ text, start, end }: Selection, placeholder: string): Selection {
  const words = start === end ? placeholder : text.slice(start, end);
  const address = 'https://';
  const from = start + words.length + 3;
  return {
    text: `${text.slice(0, start)}[${words}](${address})${text.slice(end)}`,
    start: from,
    end: from + address.length,
  };
}
