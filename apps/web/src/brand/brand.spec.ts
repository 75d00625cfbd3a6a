import { describe, expect, it } from '@jest/globals';
import { placeInPage } from './brand.js';

const page = (text: string | null) => ({
  getElementById: () => (text === null ? null : ({ textContent: text } as HTMLElement)),
});

describe(placeInPage.name, () => {
  it('reads the academy that the gateway wrote into the page', () => {
    const place = placeInPage(page('{"slug":"acme","name":"Acme"}'));
    expect(place).toMatchObject({ mode: 'academy', brand: { slug: 'acme' } });
  });

  it('knows the page of the operators', () => {
    const place = placeInPage(page('{"mode":"operator","name":"Harka"}'));
    expect(place).toMatchObject({ mode: 'operator', brand: { name: 'Harka' } });
  });

  it.each([null, '', 'not json'])('says that nothing is there in %j', (text) => {
    expect(placeInPage(page(text))).toBeNull();
  });
});
