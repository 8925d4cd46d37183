/** Resource versions are decimal numbers of up to 64 bits: compared without losing digits. Negative when a is older. */
export function compareVersions(a: string, b: string): number {
  const difference = BigInt(a) - BigInt(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function isVersion(text: string): boolean {
  return /^\d{1,20}$/.test(text);
}

export function newestVersion(versions: readonly string[]): string {
  return versions.reduce((a, b) => (compareVersions(a, b) >= 0 ? a : b), '0');
}

export function oldestVersion(versions: readonly string[]): string | undefined {
  return versions.length === 0 ? undefined : versions.reduce((a, b) => (compareVersions(a, b) <= 0 ? a : b));
}
