CREATE TABLE `pod_runs` (
	`from_at` integer NOT NULL,
	`pod_uid` text NOT NULL,
	`container` text NOT NULL,
	`cluster` text NOT NULL,
	`namespace` text NOT NULL,
	`workload_kind` text NOT NULL,
	`workload_name` text NOT NULL,
	`pod` text NOT NULL,
	`container_role` text NOT NULL,
	`image_ref` text NOT NULL,
	`repository` text NOT NULL,
	`tag` text,
	`digest` text,
	`revision_hash` text,
	`node` text,
	`until_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`from_at`, `pod_uid`, `container`, `cluster`)
);
--> statement-breakpoint
CREATE INDEX `pod_runs_workload` ON `pod_runs` (`workload_name`,`namespace`,`workload_kind`,`cluster`,`until_at`,`from_at`);--> statement-breakpoint
CREATE INDEX `pod_runs_image` ON `pod_runs` (`repository`,`tag`,`digest`,`cluster`,`from_at`,`until_at`);--> statement-breakpoint
CREATE INDEX `pod_runs_digest` ON `pod_runs` (`digest`,`until_at`,`from_at`);--> statement-breakpoint
CREATE INDEX `pod_runs_until` ON `pod_runs` (`until_at`,`from_at`);--> statement-breakpoint
CREATE TABLE `rollouts` (
	`at` integer NOT NULL,
	`evidence` text NOT NULL,
	`container` text NOT NULL,
	`cluster` text NOT NULL,
	`namespace` text NOT NULL,
	`workload_kind` text NOT NULL,
	`workload_name` text NOT NULL,
	`kind` text NOT NULL,
	`image_ref` text NOT NULL,
	`repository` text NOT NULL,
	`tag` text,
	`digest` text,
	`failed` integer NOT NULL,
	`seen_at` integer NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`at`, `evidence`, `container`, `cluster`)
);
--> statement-breakpoint
CREATE INDEX `rollouts_workload` ON `rollouts` (`workload_name`,`namespace`,`workload_kind`,`cluster`,`at`);--> statement-breakpoint
CREATE INDEX `rollouts_image` ON `rollouts` (`repository`,`tag`);--> statement-breakpoint
CREATE INDEX `rollouts_digest` ON `rollouts` (`digest`);--> statement-breakpoint
CREATE INDEX `rollouts_kind` ON `rollouts` (`kind`,`at`);--> statement-breakpoint
CREATE TABLE `terminations` (
	`finished_at` integer NOT NULL,
	`evidence` text NOT NULL,
	`cluster` text NOT NULL,
	`namespace` text NOT NULL,
	`workload_kind` text NOT NULL,
	`workload_name` text NOT NULL,
	`pod` text NOT NULL,
	`pod_uid` text NOT NULL,
	`container` text NOT NULL,
	`container_role` text NOT NULL,
	`container_id` text NOT NULL,
	`image_ref` text NOT NULL,
	`repository` text NOT NULL,
	`tag` text,
	`digest` text,
	`revision` text,
	`revision_hash` text,
	`node` text,
	`exit_code` integer NOT NULL,
	`signal` text,
	`reason` text NOT NULL,
	`expected` integer NOT NULL,
	`symptom` text,
	`cause` text,
	`memory_death` text,
	`memory_limit` text,
	`memory_request` text,
	`peak_bytes` integer,
	`started_at` integer,
	`lived_seconds` integer,
	`incident` text,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`finished_at`, `evidence`, `cluster`)
);
--> statement-breakpoint
CREATE INDEX `terminations_workload` ON `terminations` (`workload_name`,`namespace`,`workload_kind`,`cluster`,`finished_at`);--> statement-breakpoint
CREATE INDEX `terminations_digest` ON `terminations` (`digest`,`finished_at`);--> statement-breakpoint
CREATE TABLE `trend_days` (
	`subject` text NOT NULL,
	`day` integer NOT NULL,
	`key` text NOT NULL,
	`cluster` text NOT NULL,
	`namespace` text NOT NULL,
	`workload_kind` text NOT NULL,
	`workload_name` text NOT NULL,
	`container` text NOT NULL,
	`image_ref` text NOT NULL,
	`repository` text NOT NULL,
	`tag` text,
	`digest` text,
	`artefact` text NOT NULL,
	`node` text NOT NULL,
	`detail` text NOT NULL,
	`count` integer NOT NULL,
	`first_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	PRIMARY KEY(`subject`, `day`, `key`)
);
--> statement-breakpoint
CREATE INDEX `trend_days_workload` ON `trend_days` (`workload_name`,`namespace`,`workload_kind`,`cluster`,`day`);--> statement-breakpoint
CREATE TABLE `waits` (
	`from_at` integer NOT NULL,
	`evidence` text NOT NULL,
	`cluster` text NOT NULL,
	`namespace` text NOT NULL,
	`workload_kind` text NOT NULL,
	`workload_name` text NOT NULL,
	`kind` text NOT NULL,
	`pod` text,
	`container` text NOT NULL,
	`image_ref` text NOT NULL,
	`repository` text NOT NULL,
	`tag` text,
	`digest` text,
	`revision_hash` text,
	`node` text,
	`symptom` text NOT NULL,
	`cause` text NOT NULL,
	`until_at` integer,
	`incident` text,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`from_at`, `evidence`, `container`, `cluster`)
);
--> statement-breakpoint
CREATE INDEX `waits_workload` ON `waits` (`workload_name`,`namespace`,`workload_kind`,`cluster`,`from_at`);--> statement-breakpoint
CREATE INDEX `waits_digest` ON `waits` (`digest`,`from_at`);--> statement-breakpoint
UPDATE `workloads` SET `stale` = 1;