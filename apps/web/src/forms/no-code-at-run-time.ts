/**
 * The page's policy allows no code made at run time, and zod would try: schemas look at this before they are made, so it comes first of all
 * and brings no zod with it.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
