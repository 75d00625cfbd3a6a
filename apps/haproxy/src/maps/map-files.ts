import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { mapNames, type DesiredMaps, type MapName } from './desired-maps.js';

/** The files of the maps, which HAProxy reads when it starts and by whose paths its Runtime API names the maps. */
export class MapFiles {
  constructor(private readonly folder: string) {}

  pathOf(name: MapName): string {
    return join(this.folder, `${name}.map`);
  }

  /** Each file is whole at every moment: a HAProxy that starts now reads the old or the new one. */
  async write(maps: DesiredMaps): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    for (const name of mapNames) {
      const text = [...maps[name]].map(([key, value]) => `${key} ${value}\n`).join('');
      await replaceFile(this.pathOf(name), text);
    }
  }

  /** Makes the files that are not there yet, empty: HAProxy does not start without them. */
  async ensure(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    for (const name of mapNames) await (await open(this.pathOf(name), 'a', 0o644)).close();
  }
}

/** Written beside and moved into place. */
export async function replaceFile(path: string, text: string, mode = 0o644): Promise<void> {
  const beside = `${path}.next`;
  const file = await open(beside, 'w', mode);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
}
