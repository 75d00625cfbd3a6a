/**
 * A distinguished name in one of its many ways to be written, so that two can be compared: parts trimmed, in lower case, each
 * escape as the character that it stands for. Commas that are part of a value stay apart from those between parts.
 */
export function comparableDn(dn: string): string {
  return partsOf(dn).join('\u0000');
}

/** Whether one is the other or lies below it. */
export function isWithin(dn: string, base: string): boolean {
  const [inner, outer] = [partsOf(dn), partsOf(base)];
  if (outer.length === 0 || inner.length < outer.length) return false;
  return outer.every((part, index) => part === inner[inner.length - outer.length + index]);
}

function partsOf(dn: string): string[] {
  const parts: string[] = [];
  let part = '';
  let bytes: number[] = [];
  const flush = () => {
    if (bytes.length > 0) part += Buffer.from(bytes).toString('utf8');
    bytes = [];
  };
  for (let index = 0; index < dn.length; index += 1) {
    const letter = dn.charAt(index);
    if (letter === '\\') {
      const pair = dn.slice(index + 1, index + 3);
      const isHex = /^[0-9a-fA-F]{2}$/.test(pair);
      if (isHex) bytes.push(Number.parseInt(pair, 16));
      else {
        flush();
        part += dn.charAt(index + 1);
      }
      index += isHex ? 2 : 1;
      continue;
    }
    flush();
    if (letter === ',' || letter === ';') {
      parts.push(part);
      part = '';
    } else part += letter;
  }
  flush();
  return [...parts, part]
    .map((one) =>
      one
        .split('=')
        .map((side) => side.trim().replace(/\s+/g, ' '))
        .join('=')
        .toLowerCase(),
    )
    .filter((one) => one !== '');
}
