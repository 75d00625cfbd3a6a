import { en } from './en.js';
import { translator, type Values } from './translate.js';

type WithoutCategory<K extends string> = K extends `${infer Base}.${'one' | 'other'}` ? Base : K;
export type MessageKey = WithoutCategory<keyof typeof en>;

/** The one locale for now; a second catalogue beside `en` and a choice here is all that another needs. */
export const locale = 'en';

export const t: (key: MessageKey, values?: Values) => string = translator(en, locale);
