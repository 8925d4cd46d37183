DROP INDEX "objects_workload";--> statement-breakpoint
ALTER TABLE "objects" ADD COLUMN "folded" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "workloads" ADD COLUMN "folded_before" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "workloads" ADD COLUMN "fold_hash" text COLLATE "C" DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "objects_workload" ON "objects" USING btree ("workload_name","namespace","workload_kind","cluster","folded");