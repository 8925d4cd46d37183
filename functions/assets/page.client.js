// The only script of the pages. Everything works without it: it adds highlighting and copying.

/** What is pointed at in the picture or in the table is marked in both. */
const marked = new Set();

function mark(element) {
  for (const other of marked) other.classList.remove('is-marked');
  marked.clear();
  const row = element?.closest('[data-row]')?.getAttribute('data-row');
  const lane = element?.closest('[data-lane]')?.getAttribute('data-lane');
  const selectors = [];
  if (row) selectors.push(`[data-row="${CSS.escape(row)}"]`);
  if (lane) selectors.push(`[data-lane="${CSS.escape(lane)}"]`);
  if (selectors.length === 0) return;
  for (const found of document.querySelectorAll(selectors.join(','))) {
    found.classList.add('is-marked');
    marked.add(found);
  }
}

for (const area of document.querySelectorAll('[data-highlight]')) {
  area.addEventListener('pointerover', (event) => mark(event.target));
  area.addEventListener('pointerleave', () => mark(undefined));
  area.addEventListener('focusin', (event) => mark(event.target));
  area.addEventListener('focusout', () => mark(undefined));
}

/** The Markdown of a document, as a promise: some browsers allow copying only within the click itself. */
async function copy(url) {
  const text = fetch(url, { headers: { accept: 'text/markdown' } }).then((response) => {
    if (!response.ok) throw new Error(`${response.status}`);
    return response.text();
  });
  if (typeof ClipboardItem === 'function') {
    const blob = text.then((markdown) => new Blob([markdown], { type: 'text/plain' }));
    await navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
  } else await navigator.clipboard.writeText(await text);
}

function say(button, words) {
  const status = document.getElementById(button.getAttribute('aria-describedby') ?? '');
  if (status) status.textContent = words;
}

for (const button of document.querySelectorAll('button[data-copy]')) {
  // A browser has a clipboard only over HTTPS and on this machine; elsewhere the link beside it remains.
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener('click', () => {
    copy(button.getAttribute('data-copy') ?? '').then(
      () => say(button, 'Copied.'),
      () => say(button, 'Copying failed: open the Markdown and copy it from there.'),
    );
  });
}
