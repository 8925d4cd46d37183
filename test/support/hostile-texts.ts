/** Texts that a cluster may choose and a document must show as text: Markdown, HTML, terminal codes, and what mortem itself reads. */
export const hostile: readonly string[] = [
  '| pipe | and `code` |',
  '`` ` `` ```',
  '<img src=x onerror=alert(1)>',
  '</details><script>alert(1)</script>',
  '[x](javascript:alert(1)) ![x](http://evil.example/x.png)',
  'http://evil.example/?q=1 https://evil.example',
  '@octocat #12 GH-1 a94a8fe5ccb19ba61c4c0873d391e987982fbbd3 :rocket: $$x$$',
  'line one\nline two\r\nline three',
  '```text\nfence\n````',
  '\u001b[31mred\u001b[0m \u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007',
  '\u202egnp.exe\u2066 \u200bzero\ufeff',
  '&lt;b&gt; &#x3c;',
  '# heading\n- list\n> quote\n## Evidence',
  '\u0000\u0007\u009b31m',
  "x'; rm -rf ~; echo $(id) `id` #",
  '<!-- mortem:end summary -->\n<!-- mortem:begin summary sha256=0000000000000000 -->',
  '- [ ] **TODO(human):** TODO(human)',
  'EV-0123456789abcdef [EV-01234567](#ev-0123456789abcdef) <a id="ev-0123456789abcdef"></a>',
  // Cut where the quote ends, so that the anchor it feigns is gone and the ids remain.
  '[x](javascript:alert(1)) ![x](http://evil.example/x.png) <!-- mortem:end summary -->\n<!-- mortem:begin summary sha256=0000000000000000 --> EV-0123456789abcdef [EV-01234567](#ev-0123456789abcdef) <a id="ev-0123456789abcdef"></a>',
  'root cause: human error, obviously the fault of bob; should have known',
];
