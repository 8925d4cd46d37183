/** What each member of a gzip begins with; within what was compressed it stands once in some hundred bodies, by chance. */
const memberStart = Buffer.of(0x1f, 0x8b, 0x08);
const flagsAt = 3;

/** Whether a gzip is one member without a name, a comment or an extra field: nothing in it but what it inflates to. */
export function isPlainGzip(body: Uint8Array): boolean {
  return body[flagsAt] === 0 && Buffer.from(body.buffer, body.byteOffset, body.byteLength).indexOf(memberStart, 1) === -1;
}
