export type Shortcut = 'next' | 'previous' | 'outline' | 'help';

export interface KeyPress {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly defaultPrevented: boolean;
  /** Where the focus is: what the keys belong to there. */
  readonly target: {
    readonly tagName: string;
    readonly role: string | null;
    readonly isContentEditable: boolean;
  } | null;
}

const letters: Readonly<Record<string, Shortcut>> = { j: 'next', k: 'previous', o: 'outline', '?': 'help' };
const arrows: Readonly<Record<string, Shortcut>> = { ArrowRight: 'next', ArrowLeft: 'previous' };
/** Where lines run right to left, so do lessons. */
const mirroredArrows: typeof arrows = { ArrowLeft: 'next', ArrowRight: 'previous' };

const OWN_ALL_KEYS = new Set(['INPUT', 'TEXTAREA', 'SELECT', 'VIDEO', 'AUDIO']);
const OWN_ARROWS = new Set(['tab', 'tablist', 'radio', 'radiogroup', 'slider', 'menuitem', 'menu', 'option']);

/**
 * What a key press in the player asks for. Keys that the focused element uses itself are its own; single letters can
 * be switched off (WCAG 2.1.4), the arrows stay.
 */
export function shortcutOf(press: KeyPress, lettersOn: boolean, mirrored = false): Shortcut | null {
  if (press.defaultPrevented || press.altKey || press.ctrlKey || press.metaKey) return null;
  const { target } = press;
  if (target !== null && (target.isContentEditable || OWN_ALL_KEYS.has(target.tagName))) return null;
  const arrow = (mirrored ? mirroredArrows : arrows)[press.key];
  if (arrow !== undefined) {
    const taken = press.shiftKey || (target?.role !== null && target !== null && OWN_ARROWS.has(target.role));
    return taken ? null : arrow;
  }
  return lettersOn ? (letters[press.key] ?? null) : null;
}
