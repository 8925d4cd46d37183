CREATE TABLE "pod_runs" (
	"from_at" bigint NOT NULL,
	"pod_uid" text COLLATE "C" NOT NULL,
	"container" text COLLATE "C" NOT NULL,
	"cluster" text COLLATE "C" NOT NULL,
	"namespace" text COLLATE "C" NOT NULL,
	"workload_kind" text COLLATE "C" NOT NULL,
	"workload_name" text COLLATE "C" NOT NULL,
	"pod" text COLLATE "C" NOT NULL,
	"container_role" text COLLATE "C" NOT NULL,
	"image_ref" text COLLATE "C" NOT NULL,
	"repository" text COLLATE "C" NOT NULL,
	"tag" text COLLATE "C",
	"digest" text COLLATE "C",
	"revision_hash" text COLLATE "C",
	"node" text COLLATE "C",
	"until_at" bigint NOT NULL,
	"seen_at" bigint NOT NULL,
	CONSTRAINT "pod_runs_from_at_pod_uid_container_cluster_pk" PRIMARY KEY("from_at","pod_uid","container","cluster")
);
--> statement-breakpoint
CREATE TABLE "rollouts" (
	"at" bigint NOT NULL,
	"evidence" text COLLATE "C" NOT NULL,
	"container" text COLLATE "C" NOT NULL,
	"cluster" text COLLATE "C" NOT NULL,
	"namespace" text COLLATE "C" NOT NULL,
	"workload_kind" text COLLATE "C" NOT NULL,
	"workload_name" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"image_ref" text COLLATE "C" NOT NULL,
	"repository" text COLLATE "C" NOT NULL,
	"tag" text COLLATE "C",
	"digest" text COLLATE "C",
	"failed" boolean NOT NULL,
	"seen_at" bigint NOT NULL,
	"body" text COLLATE "C" NOT NULL,
	CONSTRAINT "rollouts_at_evidence_container_cluster_pk" PRIMARY KEY("at","evidence","container","cluster")
);
--> statement-breakpoint
CREATE TABLE "terminations" (
	"finished_at" bigint NOT NULL,
	"evidence" text COLLATE "C" NOT NULL,
	"cluster" text COLLATE "C" NOT NULL,
	"namespace" text COLLATE "C" NOT NULL,
	"workload_kind" text COLLATE "C" NOT NULL,
	"workload_name" text COLLATE "C" NOT NULL,
	"pod" text COLLATE "C" NOT NULL,
	"pod_uid" text COLLATE "C" NOT NULL,
	"container" text COLLATE "C" NOT NULL,
	"container_role" text COLLATE "C" NOT NULL,
	"container_id" text COLLATE "C" NOT NULL,
	"image_ref" text COLLATE "C" NOT NULL,
	"repository" text COLLATE "C" NOT NULL,
	"tag" text COLLATE "C",
	"digest" text COLLATE "C",
	"revision" text COLLATE "C",
	"revision_hash" text COLLATE "C",
	"node" text COLLATE "C",
	"exit_code" bigint NOT NULL,
	"signal" text COLLATE "C",
	"reason" text COLLATE "C" NOT NULL,
	"expected" boolean NOT NULL,
	"symptom" text COLLATE "C",
	"cause" text COLLATE "C",
	"memory_death" text COLLATE "C",
	"memory_limit" text COLLATE "C",
	"memory_request" text COLLATE "C",
	"peak_bytes" bigint,
	"started_at" bigint,
	"lived_seconds" bigint,
	"incident" text COLLATE "C",
	"seen_at" bigint NOT NULL,
	CONSTRAINT "terminations_finished_at_evidence_cluster_pk" PRIMARY KEY("finished_at","evidence","cluster")
);
--> statement-breakpoint
CREATE TABLE "trend_days" (
	"subject" text COLLATE "C" NOT NULL,
	"day" bigint NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"cluster" text COLLATE "C" NOT NULL,
	"namespace" text COLLATE "C" NOT NULL,
	"workload_kind" text COLLATE "C" NOT NULL,
	"workload_name" text COLLATE "C" NOT NULL,
	"container" text COLLATE "C" NOT NULL,
	"image_ref" text COLLATE "C" NOT NULL,
	"repository" text COLLATE "C" NOT NULL,
	"tag" text COLLATE "C",
	"digest" text COLLATE "C",
	"artefact" text COLLATE "C" NOT NULL,
	"node" text COLLATE "C" NOT NULL,
	"detail" text COLLATE "C" NOT NULL,
	"count" bigint NOT NULL,
	"first_at" bigint NOT NULL,
	"last_at" bigint NOT NULL,
	CONSTRAINT "trend_days_subject_day_key_pk" PRIMARY KEY("subject","day","key")
);
--> statement-breakpoint
CREATE TABLE "waits" (
	"from_at" bigint NOT NULL,
	"evidence" text COLLATE "C" NOT NULL,
	"cluster" text COLLATE "C" NOT NULL,
	"namespace" text COLLATE "C" NOT NULL,
	"workload_kind" text COLLATE "C" NOT NULL,
	"workload_name" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"pod" text COLLATE "C",
	"container" text COLLATE "C" NOT NULL,
	"image_ref" text COLLATE "C" NOT NULL,
	"repository" text COLLATE "C" NOT NULL,
	"tag" text COLLATE "C",
	"digest" text COLLATE "C",
	"revision_hash" text COLLATE "C",
	"node" text COLLATE "C",
	"symptom" text COLLATE "C" NOT NULL,
	"cause" text COLLATE "C" NOT NULL,
	"until_at" bigint,
	"incident" text COLLATE "C",
	"seen_at" bigint NOT NULL,
	CONSTRAINT "waits_from_at_evidence_container_cluster_pk" PRIMARY KEY("from_at","evidence","container","cluster")
);
--> statement-breakpoint
CREATE INDEX "pod_runs_workload" ON "pod_runs" USING btree ("workload_name","namespace","workload_kind","cluster","until_at","from_at");--> statement-breakpoint
CREATE INDEX "pod_runs_image" ON "pod_runs" USING btree ("repository","tag","digest","cluster","from_at","until_at");--> statement-breakpoint
CREATE INDEX "pod_runs_digest" ON "pod_runs" USING btree ("digest","until_at","from_at");--> statement-breakpoint
CREATE INDEX "pod_runs_until" ON "pod_runs" USING btree ("until_at","from_at");--> statement-breakpoint
CREATE INDEX "rollouts_workload" ON "rollouts" USING btree ("workload_name","namespace","workload_kind","cluster","at");--> statement-breakpoint
CREATE INDEX "rollouts_image" ON "rollouts" USING btree ("repository","tag");--> statement-breakpoint
CREATE INDEX "rollouts_digest" ON "rollouts" USING btree ("digest");--> statement-breakpoint
CREATE INDEX "rollouts_kind" ON "rollouts" USING btree ("kind","at");--> statement-breakpoint
CREATE INDEX "terminations_workload" ON "terminations" USING btree ("workload_name","namespace","workload_kind","cluster","finished_at");--> statement-breakpoint
CREATE INDEX "terminations_digest" ON "terminations" USING btree ("digest","finished_at");--> statement-breakpoint
CREATE INDEX "trend_days_workload" ON "trend_days" USING btree ("workload_name","namespace","workload_kind","cluster","day");--> statement-breakpoint
CREATE INDEX "waits_workload" ON "waits" USING btree ("workload_name","namespace","workload_kind","cluster","from_at");--> statement-breakpoint
CREATE INDEX "waits_digest" ON "waits" USING btree ("digest","from_at");--> statement-breakpoint
UPDATE "workloads" SET "stale" = true;