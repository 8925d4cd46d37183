CREATE TABLE "changed_hours" (
	"hour" bigint NOT NULL,
	"cluster" text COLLATE "C" NOT NULL,
	"taken" boolean NOT NULL,
	CONSTRAINT "changed_hours_hour_cluster_pk" PRIMARY KEY("hour","cluster")
);
--> statement-breakpoint
-- What compaction had not come to yet.
INSERT INTO changed_hours (hour, cluster, taken)
SELECT DISTINCT hour, '', false FROM observations
WHERE hour > coalesce((SELECT hour FROM cursors WHERE name = 'compact-observations'), -1);
--> statement-breakpoint
DROP TABLE "cursors" CASCADE;