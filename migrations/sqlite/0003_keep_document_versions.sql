CREATE TABLE `document_versions` (
	`incident_id` text NOT NULL,
	`kind` text NOT NULL,
	`version` integer NOT NULL,
	`cluster` text NOT NULL,
	`namespace` text NOT NULL,
	`markdown` text NOT NULL,
	`watermark` integer NOT NULL,
	`input_hash` text NOT NULL,
	PRIMARY KEY(`incident_id`, `kind`, `version`)
);
