import { until } from '#libs/events/testing';
import type { Locator, Page } from 'playwright-core';

/** Focus and Enter: what a keyboard can do, and the mouse stays where it is. */
export async function press(target: Locator): Promise<void> {
  await target.focus();
  await target.page().keyboard.press('Enter');
}

/** Ticks a box, or takes the tick away. */
export async function toggle(target: Locator): Promise<void> {
  await target.focus();
  await target.page().keyboard.press('Space');
}

/** In place of what stands there; the focus goes on. */
export async function type(target: Locator, text: string): Promise<void> {
  const { keyboard } = target.page();
  await target.focus();
  await keyboard.press('ControlOrMeta+a');
  await keyboard.type(text);
  await keyboard.press('Tab');
}

/** Types into a box with suggestions until there is but one, goes down to it and takes it. */
export async function pick(page: Page, label: string, words: string): Promise<void> {
  const box = page.getByRole('combobox', { name: label });
  await box.focus();
  await page.keyboard.type(words);
  const list = page.getByRole('listbox');
  const only = list.and(page.locator(':has([role=option]:only-child)'));
  await only.getByRole('option', { name: words, exact: true }).waitFor();
  // A key that comes before the box has drawn what was typed moves to nothing; a person is not as fast.
  await until(async () => {
    await page.keyboard.press('ArrowDown');
    await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
    return (await only.locator('[role=option][data-focused]').count()) === 1;
  }, 20);
  await page.keyboard.press('Enter');
  await page
    .getByRole('list', { name: `Chosen: ${label}` })
    .getByText(words, { exact: true })
    .waitFor();
}
