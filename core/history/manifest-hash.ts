/** Whether an id is the hash of a static pod's manifest, which its kubelet and its events give in place of a uid. */
export function isManifestHash(uid: string): boolean {
  return uid.length === 32 && /^[0-9a-f]{32}$/.test(uid);
}
