type Category = Intl.LDMLPluralRule;

/** The key without its plural category: `lesson` for `lesson.one`. */
export type BaseKey<K extends string> = K extends `${infer Base}.${Category}` ? Base : K;

type Single<K extends string> = K extends `${string}.${Category}` ? never : K;
type Counted<K extends string> = K extends `${infer Base}.${Category}` ? Base : never;

/** The same messages in another language, whose plural forms may be others. */
export type WordsOf<Source> = Readonly<
  Record<Single<keyof Source & string>, string> &
    Partial<Record<`${Counted<keyof Source & string>}.${Category}`, string>>
>;
