/** What turns one map into another. */
export interface MapDifference {
  readonly added: ReadonlyMap<string, string>;
  readonly changed: ReadonlyMap<string, string>;
  readonly removed: readonly string[];
}

export function differenceOf(
  from: ReadonlyMap<string, string>,
  to: ReadonlyMap<string, string>,
): MapDifference {
  const added = new Map<string, string>();
  const changed = new Map<string, string>();
  for (const [key, value] of to) {
    const before = from.get(key);
    if (before === undefined) added.set(key, value);
    else if (before !== value) changed.set(key, value);
  }
  return { added, changed, removed: [...from.keys()].filter((key) => !to.has(key)) };
}

export function sizeOf({ added, changed, removed }: MapDifference): number {
  return added.size + changed.size + removed.length;
}
