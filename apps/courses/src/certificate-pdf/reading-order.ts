const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;
const LETTER = /\p{L}/u;

/** Whether the text holds a letter of Arabic, Hebrew or their kin. */
export const isRightToLeft = (text: string): boolean => RIGHT_TO_LEFT.test(text);

/**
 * The words and gaps of a line as they stand from left to right. A line that begins in a script of the right runs from the
 * right, with what is written from the left within it kept in its order; and the other way round.
 */
export function visualOrder(text: string): readonly string[] {
  const parts = text.split(/(\s+)/).filter((part) => part !== '');
  if (!isRightToLeft(text)) return parts;
  const first = parts.find((part) => LETTER.test(part)) ?? '';
  if (!isRightToLeft(first)) return turned(parts, isRightToLeft);
  const isFromLeft = (part: string): boolean => !isRightToLeft(part) && LETTER.test(part);
  return turned(parts, isFromLeft).toReversed();
}

/** Every stretch of such words, with the gaps between them, turned round. */
function turned(parts: readonly string[], isSuch: (part: string) => boolean): readonly string[] {
  const result: string[] = [];
  for (let at = 0; at < parts.length;) {
    let end = at;
    for (let next = at; next < parts.length; next += 1) {
      const part = parts[next] ?? '';
      if (isSuch(part)) end = next + 1;
      else if (part.trim() !== '') break;
    }
    const isStretch = isSuch(parts[at] ?? '');
    result.push(...(isStretch ? parts.slice(at, end).reverse() : parts.slice(at, at + 1)));
    at = isStretch ? end : at + 1;
  }
  return result;
}
