import { type AnyRouter } from '@tanstack/react-router';

/**
 * Moves the focus to the heading of the page that was entered, as a page load would: a screen reader says where one is,
 * and the keyboard goes on from there. A change within a page (its search, its hash) leaves the focus alone.
 */
export function followNavigation(router: AnyRouter): void {
  router.subscribe('onRendered', ({ fromLocation, toLocation, pathChanged }) => {
    if (fromLocation === undefined || !pathChanged || toLocation.hash !== '') return;
    const main = document.getElementById('main');
    const target = main?.querySelector<HTMLElement>('h1[tabindex]') ?? main;
    target?.focus({ preventScroll: true });
  });
}
