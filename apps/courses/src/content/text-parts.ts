import type { TextPart } from '#libs/contracts/courses';
import { diffLines, diffWordsWithSpace } from 'diff';

/** Words that take longer to compare are given up: lines say enough then. */
const PATIENCE_MS = 250;
/** How much is shown around a change. */
const CONTEXT = 160;

/** What became of a text, word by word; long runs that are the same on both sides are skipped. */
export function textParts(before: string, after: string): TextPart[] {
  if (before === after) return [];
  const changes = changesOf(before, after);
  return changes.flatMap((change, index): TextPart[] => {
    if (change.added) return [{ kind: 'added', text: change.value }];
    if (change.removed) return [{ kind: 'removed', text: change.value }];
    return shortened(change.value, index === 0, index === changes.length - 1);
  });
}

function changesOf(before: string, after: string) {
  const options = { timeout: PATIENCE_MS };
  return (
    diffWordsWithSpace(before, after, options) ??
    diffLines(before, after, options) ?? [
      { value: before, removed: true, added: false, count: 1 },
      { value: after, removed: false, added: true, count: 1 },
    ]
  );
}

function shortened(text: string, isFirst: boolean, isLast: boolean): TextPart[] {
  if (text.length <= CONTEXT * 3) return [{ kind: 'same', text }];
  const head = isFirst ? '' : text.slice(0, CONTEXT).replace(/\s\S*$/, ' ');
  const tail = isLast ? '' : text.slice(-CONTEXT).replace(/^\S*\s/, ' ');
  return [
    ...(head === '' ? [] : [{ kind: 'same' as const, text: head.toWellFormed() }]),
    { kind: 'skipped', text: '' },
    ...(tail === '' ? [] : [{ kind: 'same' as const, text: tail.toWellFormed() }]),
  ];
}
