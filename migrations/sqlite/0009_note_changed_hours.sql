CREATE TABLE `changed_hours` (
	`hour` integer NOT NULL,
	`cluster` text NOT NULL,
	`taken` integer NOT NULL,
	PRIMARY KEY(`hour`, `cluster`)
) WITHOUT ROWID;
--> statement-breakpoint
-- What compaction had not come to yet.
INSERT INTO changed_hours (hour, cluster, taken)
SELECT DISTINCT hour, '', 0 FROM observations
WHERE hour > coalesce((SELECT hour FROM cursors WHERE name = 'compact-observations'), -1);
--> statement-breakpoint
DROP TABLE `cursors`;