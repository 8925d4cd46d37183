import mermaid from 'mermaid';

export interface GanttTask {
  readonly task: string;
  readonly startTime: Date;
  readonly endTime: Date;
}

interface Gantt {
  readonly type: string;
  readonly db: { getTasks?: () => readonly GanttTask[] };
}

/** The Mermaid blocks of a document, as Mermaid's own parser reads them. @throws what Mermaid throws for what it cannot read */
export async function mermaidDiagrams(
  markdown: string,
): Promise<readonly { readonly type: string; readonly tasks: readonly GanttTask[] }[]> {
  const blocks = [...markdown.matchAll(/^```mermaid\n([\s\S]*?)^```$/gm)].map((match) => match[1] ?? '');
  return Promise.all(
    blocks.map(async (text) => {
      const { diagramType } = await mermaid.parse(text);
      const { db } = (await mermaid.mermaidAPI.getDiagramFromText(text)) as unknown as Gantt;
      return { type: diagramType, tasks: db.getTasks?.() ?? [] };
    }),
  );
}
