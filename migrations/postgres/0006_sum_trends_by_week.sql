CREATE TABLE "trend_marks" (
	"cluster" text COLLATE "C" NOT NULL,
	"namespace" text COLLATE "C" NOT NULL,
	"workload_kind" text COLLATE "C" NOT NULL,
	"workload_name" text COLLATE "C" NOT NULL,
	"week" bigint NOT NULL,
	CONSTRAINT "trend_marks_workload_name_namespace_workload_kind_week_cluster_pk" PRIMARY KEY("workload_name","namespace","workload_kind","week","cluster")
);
--> statement-breakpoint
CREATE TABLE "trend_weeks" (
	"subject" text COLLATE "C" NOT NULL,
	"week" bigint NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"cluster" text COLLATE "C" NOT NULL,
	"namespace" text COLLATE "C" NOT NULL,
	"workload_kind" text COLLATE "C" NOT NULL,
	"workload_name" text COLLATE "C" NOT NULL,
	"container" text COLLATE "C" NOT NULL,
	"image_ref" text COLLATE "C" NOT NULL,
	"tag" text COLLATE "C",
	"digest" text COLLATE "C",
	"artefact" text COLLATE "C" NOT NULL,
	"mon" bigint NOT NULL,
	"tue" bigint NOT NULL,
	"wed" bigint NOT NULL,
	"thu" bigint NOT NULL,
	"fri" bigint NOT NULL,
	"sat" bigint NOT NULL,
	"sun" bigint NOT NULL,
	"columns" text COLLATE "C" NOT NULL,
	CONSTRAINT "trend_weeks_subject_week_key_pk" PRIMARY KEY("subject","week","key")
);
--> statement-breakpoint
DROP TABLE "trend_days" CASCADE;--> statement-breakpoint
CREATE INDEX "trend_weeks_workload" ON "trend_weeks" USING btree ("workload_name","namespace","workload_kind","cluster","week");--> statement-breakpoint
CREATE INDEX "trend_weeks_artefact" ON "trend_weeks" USING btree ("artefact","subject","week");--> statement-breakpoint
INSERT INTO "trend_marks" ("cluster", "namespace", "workload_kind", "workload_name", "week")
SELECT "cluster", "namespace", "workload_kind", "workload_name", (("finished_at" - 345600000) / 604800000) * 604800000 + 345600000 FROM "terminations"
UNION
SELECT "cluster", "namespace", "workload_kind", "workload_name", (("from_at" - 345600000) / 604800000) * 604800000 + 345600000 FROM "waits";
