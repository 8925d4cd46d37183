import { accessTable, type AccessRow } from './rbac-table.ts';

/** What a collector is to do, as far as its rights depend on it. */
export interface AccessChoice {
  /** Empty: the whole cluster. */
  readonly watchNamespaces: readonly string[];
  readonly logs: boolean;
  readonly nodes: boolean;
  readonly usage: boolean;
}

/** The rights that are needed for the choice. Who may see only some namespaces is not given nodes, which belong to none. */
export function chooseAccess({ watchNamespaces, ...features }: AccessChoice): readonly AccessRow[] {
  return accessTable.filter(({ feature, namespaced }) => {
    if (!namespaced && watchNamespaces.length > 0) return false;
    return feature === 'core' || features[feature];
  });
}

/** RBAC's own form of a right to several resources. */
export interface PolicyRule {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly verbs: string[];
}

/** The fewest rules that grant exactly these rows: resources of a group with the same verbs share one. */
export function toPolicyRules(rows: readonly AccessRow[]): PolicyRule[] {
  const resources = Map.groupBy(rows, ({ apiGroup, resource }) => `${apiGroup} ${resource}`);
  const grants = [...resources.values()].flatMap((granted) => {
    const [first] = granted;
    return first === undefined ? [] : [{ ...first, verbs: granted.map(({ verb }) => verb).toSorted() }];
  });
  return [...Map.groupBy(grants, ({ apiGroup, verbs }) => `${apiGroup} ${verbs.join(' ')}`).values()].map((shared) => ({
    apiGroups: [...new Set(shared.map(({ apiGroup }) => apiGroup))],
    resources: shared.map(({ resource }) => resource),
    verbs: [...new Set(shared.flatMap(({ verbs }) => verbs))],
  }));
}
