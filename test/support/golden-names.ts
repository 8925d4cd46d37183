/** Recordings whose documents were read line by line: one of each failure class. */
export const goldenNames = [
  's01-image-tag-not-found',
  's09-liveness-kills-slow-boot',
  's12-oom-main',
  's14b-secret-missing',
  's19-init-crash',
  's20-sidecar-crash',
  's21-job-backofflimit',
  's22-statefulset-crash',
  's23-evicted-ephemeral-storage',
  's24-seed-story',
  's30-job-deadline',
  's36-node-not-ready',
] as const;
