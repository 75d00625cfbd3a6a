import { describe, expect, it } from '@jest/globals';
import { deviceOf } from './device-name.js';

describe(deviceOf.name, () => {
  it.each([
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
      'Chrome',
      'Linux',
      false,
    ],
    ['Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0', 'Edge', 'Windows', false],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) Version/18.0 Safari/605.1', 'Safari', 'macOS', false],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/140 Mobile/15E148', 'Chrome', 'iOS', true],
    ['Mozilla/5.0 (Android 15; Mobile) Gecko/140.0 Firefox/140.0', 'Firefox', 'Android', true],
    ['curl/8.0', null, null, false],
    [null, null, null, false],
  ])('reads %j', (userAgent, browser, system, isPhone) => {
    expect(deviceOf(userAgent)).toEqual({ browser, system, isPhone });
  });
});
