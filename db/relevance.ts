/** How long after a pod's end a record about its node still concerns it: the watches of two kinds are not in step. */
export const afterlifeMs = 600_000;

/** How far from a workload's own records a coverage note still concerns it. */
export const coverageSlackMs = 3_600_000;
