/** Bounds what a backtracking engine can do with a pattern, by reading its source. */
export interface RegexCost {
  /**
   * Ways to try from one start. A repetition that the next part cannot match has one length only, so it adds and does
   * not multiply.
   */
  readonly ways: number;
  readonly problems: readonly string[];
}

type Chars = ReadonlySet<number>;
type Node =
  | { readonly kind: 'chars'; readonly set: Chars }
  | { readonly kind: 'assertion' }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'choice'; readonly items: readonly Node[] }
  | { readonly kind: 'repeat'; readonly item: Node; readonly min: number; readonly max: number };

const all: Chars = new Set(Array.from({ length: 128 }, (_, code) => code));
const quantifier = /^(?:\*|\+|\?|\{(\d+)(,(\d*))?\})/;

function union(a: Chars, b: Chars): Chars {
  return new Set([...a, ...b]);
}

/** Every ASCII character that a class or an escape matches, asked of the engine itself. */
function charsOf(atom: string): Chars {
  const pattern = new RegExp(`^${atom}$`, 'is');
  return new Set([...all].filter((code) => pattern.test(String.fromCharCode(code))));
}

/** Reads the subset of regular expressions that both RE2 and JavaScript know. */
class PatternReader {
  readonly problems: string[] = [];
  private position = 0;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  choice(): Node {
    const items = [this.sequence()];
    while (this.source[this.position] === '|') {
      this.position += 1;
      items.push(this.sequence());
    }
    return items.length === 1 ? items[0]! : { kind: 'choice', items };
  }

  private sequence(): Node {
    const items: Node[] = [];
    while (this.position < this.source.length && !'|)'.includes(this.source[this.position]!)) items.push(this.quantified(this.atom()));
    return { kind: 'sequence', items };
  }

  private quantified(item: Node): Node {
    const match = quantifier.exec(this.source.slice(this.position));
    if (match === null) return item;
    const [text, low = '', comma, high = ''] = match;
    this.position += text.length;
    if (this.source[this.position] === '?') this.position += 1;
    if (text === '?') return { kind: 'repeat', item, min: 0, max: 1 };
    if (text === '*' || text === '+' || (comma !== undefined && high === '')) {
      this.problems.push(`unbounded ${text}`);
      return { kind: 'repeat', item, min: 0, max: Number.POSITIVE_INFINITY };
    }
    const [min, max] = [Number(low), comma === undefined ? Number(low) : Number(high)];
    if (max > 1 && isVariable(item)) this.problems.push(`quantifier ${text} over a variable part`);
    return { kind: 'repeat', item, min, max };
  }

  private atom(): Node {
    const from = this.position;
    const char = this.source[this.position]!;
    this.position += 1;
    if (char === '(') return this.group();
    if (char === '^' || char === '$') return { kind: 'assertion' };
    if (char === '\\') {
      const escaped = this.source[this.position]!;
      this.position += 1;
      if (/[1-9k]/.test(escaped)) this.problems.push('back reference');
      if (/[bB1-9k]/.test(escaped)) return { kind: 'assertion' };
    }
    if (char === '[') {
      while (this.source[this.position] !== ']') this.position += this.source[this.position] === '\\' ? 2 : 1;
      this.position += 1;
    }
    return { kind: 'chars', set: charsOf(this.source.slice(from, this.position)) };
  }

  private group(): Node {
    const head = /^\?(?::|<[A-Za-z]\w*>|<?[=!])/.exec(this.source.slice(this.position))?.[0] ?? '';
    if (/[=!]$/.test(head)) this.problems.push(`look-around ${head}`);
    this.position += head.length;
    const node = this.choice();
    this.position += 1;
    return node;
  }
}

function isVariable(node: Node): boolean {
  if (node.kind === 'repeat') return node.min !== node.max || isVariable(node.item);
  return (node.kind === 'sequence' || node.kind === 'choice') && node.items.some(isVariable);
}

/** The characters a node can start with, and those that can come after it where it can be empty. */
function firstOf(node: Node, after: Chars): Chars {
  switch (node.kind) {
    case 'chars':
      return node.set;
    case 'assertion':
      return after;
    case 'sequence':
      return node.items.reduceRight<Chars>((next, item) => firstOf(item, next), after);
    case 'choice':
      return node.items.reduce<Chars>((set, item) => union(set, firstOf(item, after)), new Set());
    case 'repeat':
      return node.min === 0 ? union(firstOf(node.item, after), after) : firstOf(node.item, after);
    default:
      return node satisfies never;
  }
}

function waysOf(node: Node, after: Chars): number {
  switch (node.kind) {
    case 'chars':
    case 'assertion':
      return 1;
    case 'sequence': {
      let next = after;
      let ways = 1;
      for (const item of node.items.toReversed()) {
        ways *= waysOf(item, next);
        next = firstOf(item, next);
      }
      return ways;
    }
    case 'choice':
      return node.items.reduce((sum, item) => sum + waysOf(item, after), 0);
    case 'repeat': {
      const inner = waysOf(node.item, node.max > 1 ? all : after);
      const decided = ![...firstOf(node.item, after)].some((code) => after.has(code));
      return decided ? inner : inner * (node.max - node.min + 1);
    }
    default:
      return node satisfies never;
  }
}

export function regexCost(source: string): RegexCost {
  const reader = new PatternReader(source);
  const ways = waysOf(reader.choice(), new Set());
  return { ways, problems: reader.problems };
}
