import type { RootContent, TableRow } from 'mdast';
import { nestDetails, type DocumentBlock } from './nest-details.ts';
import { Inlines } from './inline.tsx';
import { slugOf, textOf } from './heading-slug.ts';

/** A parsed document as HTML. Text stays text: JSX escapes it, and no HTML of the document is passed on. */
export function Blocks({ blocks }: { readonly blocks: readonly RootContent[] }) {
  return <NestedBlocks blocks={nestDetails(blocks)} />;
}

function NestedBlocks({ blocks }: { readonly blocks: readonly DocumentBlock[] }) {
  return (
    <>
      {blocks.map((block) => (
        <BlockNode block={block} />
      ))}
    </>
  );
}

function BlockNode({ block }: { readonly block: DocumentBlock }) {
  switch (block.type) {
    case 'folded':
      return (
        <details>
          <summary>{block.summary}</summary>
          <NestedBlocks blocks={block.blocks} />
        </details>
      );
    case 'heading':
      return <Heading block={block} />;
    case 'paragraph':
      return (
        <p>
          <Inlines nodes={block.children} />
        </p>
      );
    case 'blockquote':
      return (
        <blockquote>
          <Blocks blocks={block.children} />
        </blockquote>
      );
    case 'list':
      return <List block={block} />;
    case 'table':
      return <Table rows={block.children} />;
    case 'code':
      return (
        <pre class={block.lang === 'sh' ? 'code code-shell' : 'code'} tabindex={0}>
          <code>{block.value}</code>
        </pre>
      );
    case 'thematicBreak':
      return <hr />;
    default:
      return null;
  }
}

function Heading({ block }: { readonly block: Extract<RootContent, { type: 'heading' }> }) {
  const content = <Inlines nodes={block.children} />;
  const id = slugOf(textOf(block.children));
  if (block.depth === 1) return <h1 id={id}>{content}</h1>;
  if (block.depth === 2) return <h2 id={id}>{content}</h2>;
  return <h3 id={id}>{content}</h3>;
}

function List({ block }: { readonly block: Extract<RootContent, { type: 'list' }> }) {
  const items = block.children.map((item) => (
    <li {...(typeof item.checked === 'boolean' ? { class: 'task' } : {})}>
      {typeof item.checked === 'boolean' ? <span class="task-box">{item.checked ? '☑ ' : '☐ '}</span> : null}
      {item.children.length === 1 && item.children[0]?.type === 'paragraph' ? (
        <Inlines nodes={item.children[0].children} />
      ) : (
        <Blocks blocks={item.children} />
      )}
    </li>
  ));
  return block.ordered === true ? <ol start={block.start ?? 1}>{items}</ol> : <ul>{items}</ul>;
}

/** Wide tables scroll by themselves; the page never does. */
function Table({ rows }: { readonly rows: readonly TableRow[] }) {
  const [head, ...body] = rows;
  const titles = head?.children ?? [];
  const isTitled = titles.some((cell) => textOf(cell.children).trim() !== '');
  return (
    <div class="scroll" role="group" aria-label="Table" tabindex={0}>
      <table>
        {isTitled ? (
          <thead>
            <tr>
              {titles.map((cell) =>
                textOf(cell.children).trim() === '' ? (
                  <td></td>
                ) : (
                  <th scope="col">
                    <Inlines nodes={cell.children} />
                  </th>
                ),
              )}
            </tr>
          </thead>
        ) : null}
        <tbody>
          {body.map((row) => (
            <tr>
              {row.children.map((cell, index) =>
                !isTitled && index === 0 ? (
                  <th scope="row">
                    <Inlines nodes={cell.children} />
                  </th>
                ) : (
                  <td>
                    <Inlines nodes={cell.children} />
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
