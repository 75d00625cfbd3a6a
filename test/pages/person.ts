/** Who looks at a page. */
export type Person = 'nobody' | 'learner' | 'author' | 'owner' | 'operator';
