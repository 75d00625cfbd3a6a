#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../../../dist/apps/cli/src/main.js', import.meta.url);
if (existsSync(main)) await import(main.href);
else {
  console.error('Harka is not built yet. Run `npm run build:server` (or `npm start`, which does it) first.');
  process.exitCode = 1;
}
