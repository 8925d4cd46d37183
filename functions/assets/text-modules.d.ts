/** Assets are imported as text (`with { type: 'text' }`), so that one bundle carries all it serves. */
declare module '*.css' {
  const text: string;
  // oxlint-disable-next-line import/no-default-export -- what a text module is
  export default text;
}
declare module '*.svg' {
  const text: string;
  // oxlint-disable-next-line import/no-default-export -- what a text module is
  export default text;
}
declare module '*.client.js' {
  const text: string;
  // oxlint-disable-next-line import/no-default-export -- what a text module is
  export default text;
}
