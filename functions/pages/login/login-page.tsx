import { Layout } from '../shell/layout.tsx';
import type { View } from '../view.ts';

interface LoginPageProps {
  readonly view: View;
  /** Path to go to afterwards. */
  readonly next: string;
  /** Why the last try failed. */
  readonly fault?: string;
}

/** A key for a session. The key is not kept in the browser: the cookie holds it encrypted, and ends by itself. */
export function LoginPage({ view, next, fault }: LoginPageProps) {
  return (
    <Layout title="Sign in" view={view}>
      <div class="sign-in">
        <h1>Sign in</h1>
        <p>These pages show what failed in your clusters, so they ask who reads them. Use a key that only reads:</p>
        <pre class="command" tabindex={0}>
          <code>mortem keys create --cluster '*' --scope read</code>
        </pre>
        {fault === undefined ? null : (
          <p class="fault" role="alert" id="login-fault">
            {fault}
          </p>
        )}
        <form method="post" action="/login" class="stack">
          <input type="hidden" name="next" value={next} />
          <label class="field field-wide">
            <span>Key</span>
            <input
              type="password"
              name="key"
              required
              autocomplete="current-password"
              maxlength={4096}
              spellcheck={false}
              {...(fault === undefined ? {} : { 'aria-describedby': 'login-fault', 'aria-invalid': 'true' })}
            />
          </label>
          <button type="submit">Sign in</button>
        </form>
      </div>
    </Layout>
  );
}
