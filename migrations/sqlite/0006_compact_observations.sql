CREATE TABLE `cursors` (
	`name` text PRIMARY KEY NOT NULL,
	`hour` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `segment_evidence` (
	`hour` integer NOT NULL,
	`evidence` text NOT NULL,
	`cluster` text NOT NULL,
	`segment` text NOT NULL,
	PRIMARY KEY(`hour`, `evidence`, `cluster`, `segment`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `segments` (
	`cluster` text NOT NULL,
	`id` text NOT NULL,
	`namespace` text NOT NULL,
	`subject` text NOT NULL,
	`records` integer NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`body` blob NOT NULL,
	PRIMARY KEY(`id`, `cluster`)
);
--> statement-breakpoint
CREATE INDEX `segments_subject` ON `segments` (`subject`,`cluster`);--> statement-breakpoint
CREATE INDEX `segments_last` ON `segments` (`last_at`);