import type { RuntimeApi } from '../runtime/runtime-api.js';
import { mapNames, type DesiredMaps, type MapName } from './desired-maps.js';
import { differenceOf, sizeOf } from './map-difference.js';
import type { MapFiles } from './map-files.js';

/** More changes than this are put in place of the whole map, at once. */
const MOST_SINGLE_CHANGES = 100;

/** Keeps the maps of one HAProxy, on disk and in its memory, as they should be; never by a reload. */
export class MapKeeper {
  /** What HAProxy holds, as far as it is known; null: it has to be asked. */
  private held: DesiredMaps | null = null;
  private written: DesiredMaps | null = null;

  constructor(
    private readonly api: RuntimeApi,
    private readonly files: MapFiles,
  ) {}

  /** First the files, so that a HAProxy that starts at any moment knows no less than the one before. */
  async write(desired: DesiredMaps): Promise<void> {
    if (this.written !== null && isSame(this.written, desired)) return;
    await this.files.write(desired);
    this.written = desired;
  }

  /**
   * Brings what HAProxy holds to what is desired, and says how many entries were not as they should be.
   * @throws RuntimeApiError when HAProxy refuses; it is asked for all it holds the next time
   */
  async apply(desired: DesiredMaps): Promise<number> {
    const held = this.held ?? (await this.ask());
    this.held = null;
    let changes = 0;
    for (const name of mapNames) changes += await this.bring(name, held[name], desired[name]);
    this.held = desired;
    return changes;
  }

  /** Another process answers, or it is time to look whether what we believe is so. */
  forget(): void {
    this.held = null;
  }

  private async ask(): Promise<DesiredMaps> {
    const [hosts, limits, pools] = [
      await this.api.showMap(this.files.pathOf('hosts')),
      await this.api.showMap(this.files.pathOf('limits')),
      await this.api.showMap(this.files.pathOf('pools')),
    ];
    return { hosts, limits, pools };
  }

  private async bring(
    name: MapName,
    held: ReadonlyMap<string, string>,
    desired: ReadonlyMap<string, string>,
  ): Promise<number> {
    const difference = differenceOf(held, desired);
    const size = sizeOf(difference);
    const file = this.files.pathOf(name);
    if (size > MOST_SINGLE_CHANGES) {
      await this.api.replaceMap(file, desired);
      return size;
    }
    for (const [key, value] of difference.added) await this.api.addMapEntry(file, key, value);
    for (const [key, value] of difference.changed) await this.api.setMapEntry(file, key, value);
    for (const key of difference.removed) await this.api.deleteMapEntry(file, key);
    return size;
  }
}

function isSame(one: DesiredMaps, other: DesiredMaps): boolean {
  return mapNames.every((name) => sizeOf(differenceOf(one[name], other[name])) === 0);
}
