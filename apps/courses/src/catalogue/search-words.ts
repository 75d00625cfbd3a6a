const MOST_WORDS = 8;

/** What somebody typed, as words without case and accents; what is not a letter or a digit parts them. */
export function searchWords(q: string): string[] {
  const folded = q.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (folded.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, MOST_WORDS);
}
