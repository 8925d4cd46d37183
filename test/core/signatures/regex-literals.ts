const opensRegex = /[(,=:[!&|?{};\n]\s*$|\breturn\s+$/;

/** The regular expressions written in a TypeScript source, without what stands in comments and strings. */
export function regexLiterals(code: string): readonly { readonly source: string; readonly flags: string }[] {
  const found: { source: string; flags: string }[] = [];
  let position = 0;
  let before = '';
  while (position < code.length) {
    const rest = code.slice(position);
    const skipped = /^(?:\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)/.exec(rest)?.[0];
    const literal = /^\/((?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([a-z]*)/.exec(rest);
    if (skipped !== undefined) {
      if (!skipped.startsWith('/')) before = 'text';
      position += skipped.length;
    } else if (literal !== null && opensRegex.test(before)) {
      found.push({ source: literal[1]!, flags: literal[2]! });
      before = 'regex';
      position += literal[0].length;
    } else {
      before = (before + rest[0]!).slice(-40);
      position += 1;
    }
  }
  return found;
}
