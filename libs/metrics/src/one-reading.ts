/** All who ask while a reading is under way get that one: several gauges of one scrape, fed by one query. */
export function oneReading<T>(read: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | undefined;
  return () => {
    underWay ??= read().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}
