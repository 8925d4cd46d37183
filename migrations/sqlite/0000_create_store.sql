CREATE TABLE `api_keys` (
	`key_hash` text PRIMARY KEY NOT NULL,
	`cluster` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `batches` (
	`id` text PRIMARY KEY NOT NULL,
	`cluster` text NOT NULL,
	`blob_key` text NOT NULL,
	`received_at` integer NOT NULL,
	`accepted` integer NOT NULL,
	`rejected` text NOT NULL,
	`collector` text NOT NULL,
	`status` text NOT NULL,
	`reason` text
);
--> statement-breakpoint
CREATE INDEX `batches_pending` ON `batches` (`received_at`) WHERE status = 'pending';--> statement-breakpoint
CREATE TABLE `deaths` (
	`hour` integer NOT NULL,
	`evidence` text NOT NULL,
	`cluster` text NOT NULL,
	`observed_at` integer NOT NULL,
	`key` text NOT NULL,
	PRIMARY KEY(`hour`, `evidence`, `cluster`)
);
--> statement-breakpoint
CREATE TABLE `documents` (
	`incident_id` text NOT NULL,
	`kind` text NOT NULL,
	`markdown` text NOT NULL,
	`watermark` integer NOT NULL,
	`input_hash` text NOT NULL,
	PRIMARY KEY(`incident_id`, `kind`)
);
--> statement-breakpoint
CREATE TABLE `incident_ids` (
	`alias` text NOT NULL,
	`incident_id` text NOT NULL,
	PRIMARY KEY(`alias`, `incident_id`)
);
--> statement-breakpoint
CREATE INDEX `incident_ids_incident` ON `incident_ids` (`incident_id`);--> statement-breakpoint
CREATE TABLE `incidents` (
	`id` text PRIMARY KEY NOT NULL,
	`cluster` text NOT NULL,
	`namespace` text NOT NULL,
	`workload_kind` text NOT NULL,
	`workload_name` text NOT NULL,
	`status` text NOT NULL,
	`onset_at` integer NOT NULL,
	`over_at` integer NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `incidents_workload` ON `incidents` (`workload_name`,`namespace`,`workload_kind`,`cluster`);--> statement-breakpoint
CREATE INDEX `incidents_onset` ON `incidents` (`onset_at`);--> statement-breakpoint
CREATE TABLE `links` (
	`cluster` text NOT NULL,
	`uid` text NOT NULL,
	`target` text NOT NULL,
	PRIMARY KEY(`uid`, `target`, `cluster`)
);
--> statement-breakpoint
CREATE INDEX `links_target` ON `links` (`target`,`cluster`);--> statement-breakpoint
CREATE TABLE `objects` (
	`cluster` text NOT NULL,
	`uid` text NOT NULL,
	`name_key` text NOT NULL,
	`namespace` text NOT NULL,
	`workload_kind` text NOT NULL,
	`workload_name` text NOT NULL,
	`depth` integer NOT NULL,
	`gone_at` integer NOT NULL,
	PRIMARY KEY(`uid`, `cluster`)
);
--> statement-breakpoint
CREATE INDEX `objects_workload` ON `objects` (`workload_name`,`namespace`,`workload_kind`,`cluster`);--> statement-breakpoint
CREATE INDEX `objects_name` ON `objects` (`name_key`,`cluster`);--> statement-breakpoint
CREATE TABLE `observations` (
	`cluster` text NOT NULL,
	`key` text NOT NULL,
	`kind` text NOT NULL,
	`namespace` text NOT NULL,
	`subject` text NOT NULL,
	`observed_at` integer NOT NULL,
	`hour` integer NOT NULL,
	`evidence` text NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`key`, `cluster`)
);
--> statement-breakpoint
CREATE INDEX `observations_subject` ON `observations` (`subject`,`cluster`);--> statement-breakpoint
CREATE INDEX `observations_evidence` ON `observations` (`hour`,`evidence`);--> statement-breakpoint
CREATE TABLE `watermarks` (
	`cluster` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `workloads` (
	`cluster` text NOT NULL,
	`namespace` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`version` integer NOT NULL,
	`stale` integer NOT NULL,
	`unsettled` integer NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	`active_until` integer NOT NULL,
	`evaluated_at` integer NOT NULL,
	PRIMARY KEY(`cluster`, `namespace`, `kind`, `name`)
);
--> statement-breakpoint
CREATE INDEX `workloads_stale` ON `workloads` (`cluster`) WHERE stale;--> statement-breakpoint
CREATE INDEX `workloads_undecided` ON `workloads` (`cluster`) WHERE unsettled or evaluated_at < active_until;