import type { Child } from 'hono/jsx';

interface NoticeProps {
  readonly title: string;
  readonly children?: Child;
}

/** What stands in place of a list that is empty, and says what to do about it. */
export function Notice({ title, children }: NoticeProps) {
  return (
    <div class="notice">
      <p class="notice-title">{title}</p>
      {children}
    </div>
  );
}
