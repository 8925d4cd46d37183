CREATE TABLE `trend_marks` (
	`cluster` text NOT NULL,
	`namespace` text NOT NULL,
	`workload_kind` text NOT NULL,
	`workload_name` text NOT NULL,
	`week` integer NOT NULL,
	PRIMARY KEY(`workload_name`, `namespace`, `workload_kind`, `week`, `cluster`)
);
--> statement-breakpoint
CREATE TABLE `trend_weeks` (
	`subject` text NOT NULL,
	`week` integer NOT NULL,
	`key` text NOT NULL,
	`cluster` text NOT NULL,
	`namespace` text NOT NULL,
	`workload_kind` text NOT NULL,
	`workload_name` text NOT NULL,
	`container` text NOT NULL,
	`image_ref` text NOT NULL,
	`tag` text,
	`digest` text,
	`artefact` text NOT NULL,
	`mon` integer NOT NULL,
	`tue` integer NOT NULL,
	`wed` integer NOT NULL,
	`thu` integer NOT NULL,
	`fri` integer NOT NULL,
	`sat` integer NOT NULL,
	`sun` integer NOT NULL,
	`columns` text NOT NULL,
	PRIMARY KEY(`subject`, `week`, `key`)
);
--> statement-breakpoint
CREATE INDEX `trend_weeks_workload` ON `trend_weeks` (`workload_name`,`namespace`,`workload_kind`,`cluster`,`week`);--> statement-breakpoint
CREATE INDEX `trend_weeks_artefact` ON `trend_weeks` (`artefact`,`subject`,`week`);--> statement-breakpoint
DROP TABLE `trend_days`;--> statement-breakpoint
INSERT INTO `trend_marks` (`cluster`, `namespace`, `workload_kind`, `workload_name`, `week`)
SELECT `cluster`, `namespace`, `workload_kind`, `workload_name`, ((`finished_at` - 345600000) / 604800000) * 604800000 + 345600000 FROM `terminations`
UNION
SELECT `cluster`, `namespace`, `workload_kind`, `workload_name`, ((`from_at` - 345600000) / 604800000) * 604800000 + 345600000 FROM `waits`;
