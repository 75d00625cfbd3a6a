import { describe, expect, it } from '@jest/globals';
import { timeZones } from './time-zones.js';

describe(timeZones.name, () => {
  it('lists places, in order, and the one that is set', () => {
    expect(timeZones('Asia/Katmandu', ['Europe/Vienna', 'America/New_York', 'Etc/GMT+1', 'CET'])).toEqual([
      { id: 'America/New_York', label: 'America / New York' },
      { id: 'Asia/Katmandu', label: 'Asia / Katmandu' },
      { id: 'Europe/Vienna', label: 'Europe / Vienna' },
      { id: 'UTC', label: 'UTC' },
    ]);
  });

  it('knows the zones of this machine', () => {
    expect(timeZones(null).length).toBeGreaterThan(300);
  });
});
