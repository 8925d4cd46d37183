import { Layout } from './layout.tsx';
import type { View } from '../view.ts';

interface ErrorPageProps {
  readonly view: View;
  readonly status: number;
  readonly title: string;
  /** A sentence that says what to do. */
  readonly detail: string;
}

export function ErrorPage({ view, status, title, detail }: ErrorPageProps) {
  return (
    <Layout title={title} view={view}>
      <div class="error">
        <p class="error-status">{status}</p>
        <h1>{title}</h1>
        <p>{detail}</p>
        <p>
          <a class="button" href="/incidents">
            All incidents
          </a>
        </p>
      </div>
    </Layout>
  );
}
