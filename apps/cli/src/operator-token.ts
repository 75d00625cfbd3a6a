import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { CliConfig } from './cli.config.js';
import { Failure } from './failure.js';

const secrets = z.object({ operatorToken: z.string().min(1) });

/** The token that opens the operator's API. @throws Failure that says where it was looked for */
export async function findToken({ HARKA_OPERATOR_TOKEN, HARKA_DATA_DIR }: CliConfig): Promise<string> {
  if (HARKA_OPERATOR_TOKEN !== undefined) return HARKA_OPERATOR_TOKEN;
  const path = join(HARKA_DATA_DIR, 'secrets.json');
  const result = secrets.safeParse(await readJson(path));
  if (result.success) return result.data.operatorToken;
  throw new Failure(
    `There is no operator token: ${path} is not there, or has no operatorToken. ` +
      'Run this in the folder of the installation, or set HARKA_DATA_DIR or HARKA_OPERATOR_TOKEN.',
    'cli.token_missing',
  );
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}
