DROP INDEX `objects_workload`;--> statement-breakpoint
ALTER TABLE `objects` ADD `folded` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `objects_workload` ON `objects` (`workload_name`,`namespace`,`workload_kind`,`cluster`,`folded`);--> statement-breakpoint
ALTER TABLE `workloads` ADD `folded_before` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `workloads` ADD `fold_hash` text DEFAULT '' NOT NULL;