/** Tells whoever keeps a copy of the key set to fetch it again. */
export abstract class KeyAnnouncer {
  abstract rotated(): void;
}
