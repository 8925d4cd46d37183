/** In less, no pod is scheduled, dies and is deleted. */
export const longGapMs = 5000;
