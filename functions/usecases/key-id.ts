/** How people name a key: the first 12 digits of its hash, from which the key cannot be had. */
export function keyIdOf(keyHash: string): string {
  return keyHash.slice(0, 12);
}
