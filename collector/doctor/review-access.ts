import { MortemError } from '#core/errors.ts';
import { object, word } from '../trim/read-field.ts';
import { messageOf, parseJson } from '../watch/read-body.ts';
import type { AccessRow } from '../install/rbac-table.ts';
import type { PostJson } from './post-json.ts';

/** `unknown` when the API server would not say. */
export type AccessAnswer =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'denied'; readonly reason?: string }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface ReviewedAccess {
  readonly row: AccessRow;
  /** Undefined: in all namespaces. */
  readonly namespace?: string;
  readonly answer: AccessAnswer;
}

const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

/** Asks the API server for each right, in each of the namespaces; every authenticated user may ask about itself. */
export function reviewAccess(
  post: PostJson,
  rows: readonly AccessRow[],
  namespaces: readonly string[],
): Promise<readonly ReviewedAccess[]> {
  const asked = rows.flatMap((row) =>
    row.namespaced && namespaces.length > 0 ? namespaces.map((namespace) => ({ row, namespace })) : [{ row }],
  );
  return Promise.all(asked.map(async (one) => ({ ...one, answer: await ask(post, one) })));
}

async function ask(post: PostJson, { row, namespace }: Omit<ReviewedAccess, 'answer'>): Promise<AccessAnswer> {
  const [resource, subresource] = row.resource.split('/');
  const attributes = {
    group: row.apiGroup,
    resource,
    verb: row.verb,
    ...(subresource && { subresource }),
    ...(namespace && { namespace }),
  };
  const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes: attributes } };
  try {
    const { status, text } = await post(path, review);
    if (status !== 201 && status !== 200) return { kind: 'unknown', reason: messageOf(text) ?? `HTTP ${status}` };
    return judge(object(object(parseJson(text)).status));
  } catch (error) {
    if (!(error instanceof MortemError)) throw error;
    return { kind: 'unknown', reason: error.message };
  }
}

function judge(status: Readonly<Record<string, unknown>>): AccessAnswer {
  if (status.allowed === true) return { kind: 'allowed' };
  const reason = word(status.reason, 1024) ?? word(status.evaluationError, 1024);
  return { kind: 'denied', ...(reason !== undefined && { reason }) };
}
