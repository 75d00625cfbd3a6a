import { describe, expect, it } from '@jest/globals';
import { brandIcons } from '#libs/contracts/tenants';
import { drawIcon, initialsOf } from './icon.js';

const PNG = [0x89, 0x50, 0x4e, 0x47];
const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"><rect width="4" height="1"/></svg>';
const broken = { contentType: 'image/x-icon', digest: 'd', bytes: Buffer.from('not a picture') } as const;

function sizeOf(png: Buffer): [number, number] {
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

describe(drawIcon.name, () => {
  it.each(brandIcons)('draws %s as a square PNG', async (icon) => {
    const png = await drawIcon(icon, { name: 'Acme Works', color: '#b3400a', picture: null });
    expect([...png.subarray(0, 4)]).toEqual(PNG);
    const [width, height] = sizeOf(png);
    expect(width).toBe(height);
    expect(width).toBe(icon === 'mail.png' ? 96 : Number(/(\d+)\.png$/.exec(icon)?.[1]));
  });

  it('puts a wide drawing into the square, and falls back to initials where it cannot be read', async () => {
    const picture = { contentType: 'image/svg+xml', digest: 'd', bytes: Buffer.from(svg) } as const;
    const source = { name: 'Acme', color: '#b3400a' };
    const drawn = await drawIcon('192.png', { ...source, picture });
    expect(sizeOf(drawn)).toEqual([192, 192]);
    const initials = await drawIcon('192.png', { ...source, picture: null });
    expect(drawn.equals(initials)).toBe(false);
    expect((await drawIcon('192.png', { ...source, picture: broken })).equals(initials)).toBe(true);
  });
});

describe(initialsOf.name, () => {
  it.each([
    ['Acme Works', 'AW'],
    ['globex', 'G'],
    ['Žďár nad Sázavou', 'ZD'],
    ['أكاديمية', 'H'],
    ['', 'H'],
  ])('of %j is %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});
