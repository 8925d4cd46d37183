const factors: Readonly<Record<string, number>> = {
  '': 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/** A Kubernetes quantity (`192Mi`, `1e9`, `500m`) as a number, or undefined when it is none. */
export function parseQuantity(text: string): number | undefined {
  const [, digits = '', suffix = ''] = /^([0-9]{1,20}(?:\.[0-9]{1,20})?(?:[eE][0-9]{1,3})?)([A-Za-z]{0,2})$/.exec(text.trim()) ?? [];
  const factor = factors[suffix];
  return digits === '' || factor === undefined ? undefined : Number(digits) * factor;
}
