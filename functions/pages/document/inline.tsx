import type { PhrasingContent } from 'mdast';
import { todoMark } from '#core/report/draft/todo.ts';

/** Evidence ids are hex by construction; whatever else an anchor may say is left in the document. */
const evidenceAnchor = /^#(ev-[0-9a-f]{16})$/;
const anchor = /^#[a-z0-9][a-z0-9-]{0,120}$/;

/** What stands in a sentence or a cell. HTML in it is dropped: the renderer writes none but anchors of its own. */
export function Inlines({ nodes }: { readonly nodes: readonly PhrasingContent[] }) {
  return (
    <>
      {nodes.map((node) => (
        <InlineNode node={node} />
      ))}
    </>
  );
}

function InlineNode({ node }: { readonly node: PhrasingContent }) {
  switch (node.type) {
    case 'text':
      return <Words text={node.value} />;
    case 'inlineCode':
      return <code>{node.value}</code>;
    case 'strong':
      return (
        <strong>
          <Inlines nodes={node.children} />
        </strong>
      );
    case 'emphasis':
      return (
        <em>
          <Inlines nodes={node.children} />
        </em>
      );
    case 'delete':
      return (
        <del>
          <Inlines nodes={node.children} />
        </del>
      );
    case 'break':
      return <br />;
    case 'link':
      return <Link url={node.url} nodes={node.children} />;
    case 'html':
      return <OwnHtml html={node.value} />;
    default:
      return null;
  }
}

/** What people are asked stands out from what was found. */
function Words({ text }: { readonly text: string }) {
  if (!text.includes(todoMark)) return <>{text}</>;
  return (
    <>
      {text.split(todoMark).map((part, index) => (
        <>
          {index === 0 ? null : <mark class="todo">{todoMark}</mark>}
          {part}
        </>
      ))}
    </>
  );
}

/** Only places within mortem are links: what a document got from elsewhere stays words. */
function Link({ url, nodes }: { readonly url: string; readonly nodes: readonly PhrasingContent[] }) {
  const evidence = evidenceAnchor.exec(url)?.[1];
  if (evidence !== undefined) {
    return (
      <a class="evidence" href={`/evidence/EV-${evidence.slice(3)}`}>
        <Inlines nodes={nodes} />
      </a>
    );
  }
  if (url === 'timeline.md') return <a href="timeline">timeline</a>;
  if (!anchor.test(url)) return <Inlines nodes={nodes} />;
  return (
    <a href={url}>
      <Inlines nodes={nodes} />
    </a>
  );
}

/** The anchors of evidence rows and the boxes of questions: the only HTML that documents write within a sentence. */
function OwnHtml({ html }: { readonly html: string }) {
  if (html === '[ ]') return <span class="task-box">☐</span>;
  const id = /^<a id="(ev-[0-9a-f]{16})">(?:<\/a>)?$/.exec(html)?.[1];
  return id === undefined ? null : <span id={id}></span>;
}
