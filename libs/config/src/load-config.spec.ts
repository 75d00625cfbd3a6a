import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ConfigError, loadConfig } from './load-config.js';
import { flag, jsonOf, port, secret32, url } from './schemas.js';

const schema = z.object({
  A_PORT: port().default(8080),
  A_FLAG: flag().default(false),
  A_LIST: jsonOf(z.array(z.string())),
  A_KEY: secret32(),
  A_URL: url('postgres'),
});
const good = {
  A_LIST: '["x"]',
  A_KEY: Buffer.alloc(32, 7).toString('base64'),
  A_URL: 'postgres://localhost/harka',
};

describe(loadConfig.name, () => {
  it('parses what is there and takes defaults for what is not', () => {
    const config = loadConfig(schema, { ...good, A_FLAG: 'on', A_PORT: '' });
    expect(config).toMatchObject({ A_PORT: 8080, A_FLAG: true, A_LIST: ['x'] });
  });

  it('names every fault at once, and no value', () => {
    const attempt = () =>
      loadConfig(schema, { A_PORT: 'eighty', A_LIST: '{', A_KEY: 'short-secret', A_URL: 'http://x' });
    expect(attempt).toThrow(ConfigError);
    expect(attempt).toThrow(/A_PORT.*A_LIST.*A_KEY.*A_URL/);
    expect(attempt).not.toThrow(/short-secret/);
  });

  it('says which variable is missing', () => {
    expect(() => loadConfig(schema, { ...good, A_KEY: undefined })).toThrow('A_KEY is not set');
  });
});
