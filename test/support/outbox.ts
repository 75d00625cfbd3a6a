import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { testPlatform } from './platform.js';

/** The token of the newest link to `path` that was mailed to an address of a tenant. */
export async function mailedToken(slug: string, to: string, path: string): Promise<string> {
  return (await mailedLink(slug, to, path)).token;
}

/**
 * The newest letter with a link to `path` that was mailed to an address of a tenant. Mail is sent after the fact, so this waits for it.
 * @throws Error when none has come after 30 s.
 */
export async function mailedLink(
  slug: string,
  to: string,
  path: string,
): Promise<{ readonly letter: string; readonly token: string }> {
  const folder = join(testPlatform().dataDir, 'outbox');
  const link = new RegExp(`//${slug}\\.[^/\\s]+${path}#token=([\\w.~-]+)`);
  for (const deadline = Date.now() + 30_000; Date.now() < deadline;) {
    await delay(200);
    const names = (await readdir(folder).catch(() => []))
      .filter((name) => name.endsWith('.eml'))
      .sort()
      .reverse();
    for (const name of names) {
      const letter = unfolded(await readFile(join(folder, name), 'utf8'));
      const token = link.exec(letter)?.[1];
      if (token !== undefined && letter.includes(`<${to}>`)) return { letter, token };
    }
  }
  throw new Error(`No mail with a link to ${path} of ${slug} has come for ${to}.`);
}

/** Quoted-printable text (RFC 2045) with its soft line ends taken out and its equals signs put back. */
function unfolded(letter: string): string {
  return letter.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=');
}
