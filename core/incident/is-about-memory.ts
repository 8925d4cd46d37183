const memoryCauses = new Set(['oom-in-app-heap', 'oom-suspected', 'worker-oom', 'evicted-memory']);

/** Whether a sign or a chapter is about memory: the kernel said so, or its log or its eviction does. */
export function isAboutMemory({ symptom, cause }: { readonly symptom: string; readonly cause: string }): boolean {
  return symptom === 'OOMKilled' || memoryCauses.has(cause);
}
