import type { Language } from './languages.js';

type Words = Readonly<Record<string, string>>;
type Load = () => Promise<Words>;

/**
 * The words of each part of the app, loaded when it is opened. `front` is there from the start. A new area is a file in
 * each language's folder, a line in each language here, and one in message-key.ts.
 */
export const areas = {
  en: {
    front: async () => (await import('./en/front.js')).front,
    authoring: async () => (await import('./en/authoring.js')).authoring,
    people: async () => (await import('./en/people.js')).people,
    notifications: async () => (await import('./en/notifications.js')).notifications,
    rules: async () => (await import('./en/rules.js')).rules,
    security: async () => (await import('./en/security.js')).security,
    apps: async () => (await import('./en/apps.js')).apps,
    factors: async () => (await import('./en/factors.js')).factors,
    control: async () => (await import('./en/control.js')).control,
  },
  de: {
    front: async () => (await import('./de/front.js')).front,
    authoring: async () => (await import('./de/authoring.js')).authoring,
    people: async () => (await import('./de/people.js')).people,
    notifications: async () => (await import('./de/notifications.js')).notifications,
    rules: async () => (await import('./de/rules.js')).rules,
    security: async () => (await import('./de/security.js')).security,
    apps: async () => (await import('./de/apps.js')).apps,
    factors: async () => (await import('./de/factors.js')).factors,
    control: async () => (await import('./de/control.js')).control,
  },
  ar: {
    front: async () => (await import('./ar/front.js')).front,
    authoring: async () => (await import('./ar/authoring.js')).authoring,
    people: async () => (await import('./ar/people.js')).people,
    notifications: async () => (await import('./ar/notifications.js')).notifications,
    rules: async () => (await import('./ar/rules.js')).rules,
    security: async () => (await import('./ar/security.js')).security,
    apps: async () => (await import('./ar/apps.js')).apps,
    factors: async () => (await import('./ar/factors.js')).factors,
    control: async () => (await import('./ar/control.js')).control,
  },
} as const satisfies Readonly<Record<Language, Readonly<Record<string, Load>>>>;

export type Area = keyof (typeof areas)['en'];
