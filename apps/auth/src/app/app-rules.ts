import { AppSettingsInvalid } from './app.errors.js';
import type { App } from './app.js';

/** @throws AppSettingsInvalid for what does not go together */
export function requireSound(app: App): void {
  const { kind, firstParty, redirectUris, subject } = app;
  const own = redirectUris.findIndex((uri) => !/^https?:/.test(uri));
  if (own >= 0 && kind === 'confidential') {
    throw new AppSettingsInvalid(
      `/redirectUris/${own}`,
      'An address with a scheme of its own is for public apps: any program of a device can take it.',
    );
  }
  if (firstParty && subject === 'pairwise') {
    throw new AppSettingsInvalid('/subject', 'Apps of the academy itself know people by their id.');
  }
}
