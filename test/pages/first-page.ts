import { gzipSync } from 'node:zlib';
import { pages } from './pages.js';
import type { Language, Visitors } from './visitors.js';

/** In thousands of bytes, as gzip would send them. */
export const MOST_SCRIPT = 170;

export const learnerHome = () => {
  const home = pages.find((entry) => entry.route === '/' && entry.as === 'learner');
  if (home === undefined) throw new Error('The list of pages has no learner home.');
  return home;
};

/** All scripts that the first visit of a learner brings in this language. */
export async function scriptOfFirstPage(
  visitors: Visitors,
  language: Language,
): Promise<{ readonly gzipKilobytes: number; readonly files: number }> {
  const { page } = await visitors.open(learnerHome(), language);
  const address = page.url();
  const fresh = await page.context().newPage();
  const bodies: Promise<Buffer>[] = [];
  fresh.on('response', (response) => {
    if (response.request().resourceType() === 'script') bodies.push(response.body());
  });
  await fresh.goto(address);
  await fresh.locator('h1').first().waitFor();
  await fresh.waitForLoadState('networkidle');
  const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body).length);
  await fresh.close();
  return {
    gzipKilobytes: Math.round(sizes.reduce((sum, size) => sum + size, 0) / 100) / 10,
    files: sizes.length,
  };
}
